import router from '#start/router'

const Projects = () => import('#controllers/projects_controller')
const MentionOffers = () => import('#controllers/mention_offers_controller')

router
  .get('/projects', [Projects, 'index'])
  .as('projects.index')
  .readsReplica()
  .can('organisation.enter')
router.get('/projects/create', [Projects, 'create']).as('projects.create').can('project.create')
router
  .post('/projects', [Projects, 'store'])
  .as('projects.store')
  .can('project.create')
  .audits('project.created')

router
  .group(() => {
    router.get('/', [Projects, 'show']).as('projects.show').can('project.read')
    router.get('/edit', [Projects, 'edit']).as('projects.edit').can('project.update')
    router
      .put('/', [Projects, 'update'])
      .as('projects.update')
      .can('project.update')
      .audits('project.updated')
    router.get('/mentions', [MentionOffers, 'index']).as('mentions.index').can('raid.comment')
  })
  .prefix('/projects/:project_id')
