import router from '#start/router'

const Health = () => import('#controllers/project_health/health_controller')
const Ratings = () => import('#controllers/project_health/ratings_controller')
const Confidences = () => import('#controllers/project_health/confidences_controller')

router
  .group(() => {
    router.get('/', [Health, 'show']).as('project_health.show').can('project.read')
    router
      .get('/ratings/create', [Ratings, 'create'])
      .as('project_ratings.create')
      .can('project.update')
    router
      .post('/ratings', [Ratings, 'store'])
      .as('project_ratings.store')
      .can('project.update')
      .audits('project_rating.declared')
    router
      .get('/confidences/create', [Confidences, 'create'])
      .as('delivery_confidences.create')
      .can('confidence.give')
    router
      .post('/confidences', [Confidences, 'store'])
      .as('delivery_confidences.store')
      .can('confidence.give')
      .audits('delivery_confidence.given')
  })
  .prefix('/projects/:project_id/health')
