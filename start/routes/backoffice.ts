import router from '@adonisjs/core/services/router'

const Overviews = () => import('#controllers/backoffice/overviews_controller')

router
  .get('/admin', [Overviews, 'show'])
  .as('backoffice.overview')
  .forPlatform('running the platform')
