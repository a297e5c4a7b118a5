import router from '#start/router'
import { viewRoutes } from '#start/saved_views'

const Portfolios = () => import('#controllers/portfolio/portfolios_controller')
const Views = () => import('#controllers/portfolio/views_controller')
const PortfolioCharts = () => import('#controllers/charts/portfolio_charts_controller')
const ProjectCharts = () => import('#controllers/charts/project_charts_controller')
const Relations = () => import('#controllers/raid/relations_controller')
const Packs = () => import('#controllers/portfolio/packs_controller')
const PackDownloads = () => import('#controllers/portfolio/pack_downloads_controller')
const Programmes = () => import('#controllers/portfolio/programmes_controller')
const ProgrammeProjects = () => import('#controllers/portfolio/programme_projects_controller')

router
  .get('/portfolio', [Portfolios, 'show'])
  .as('portfolio.show')
  .readsReplica()
  .can('programme.read')
router
  .group(() => {
    router.get('/', [Packs, 'index']).as('board_packs.index').can('programme.read')
    router.get('/create', [Packs, 'create']).as('board_packs.create').can('programme.read')
    router
      .post('/', [Packs, 'store'])
      .as('board_packs.store')
      .limited('export')
      .can('programme.read')
      .audits('board_pack.created')
    router.get('/:id', [Packs, 'show']).as('board_packs.show').can('programme.read')
    router
      .post('/:id/download', [PackDownloads, 'store'])
      .as('board_packs.downloads.store')
      .limited('export')
      .can('programme.read')
      .audits('board_pack.downloaded')
      .repeats('a file is fetched as often as it is asked for')
  })
  .prefix('/portfolio/packs')

router
  .get('/portfolio/relations', [Relations, 'index'])
  .as('relations.portfolio')
  .readsReplica()
  .can('programme.read')
router
  .get('/portfolio/charts', [PortfolioCharts, 'show'])
  .as('portfolio.charts')
  .readsReplica()
  .can('programme.read')
router
  .get('/projects/:project_id/charts', [ProjectCharts, 'show'])
  .as('projects.charts')
  .readsReplica()
  .can('project.read')

viewRoutes(Views, { path: '/portfolio', as: 'portfolio_views', can: 'programme.read' })

router
  .group(() => {
    router
      .get('/', [Programmes, 'index'])
      .as('programmes.index')
      .readsReplica()
      .can('programme.read')
    router.get('/create', [Programmes, 'create']).as('programmes.create').can('programme.manage')
    router
      .post('/', [Programmes, 'store'])
      .as('programmes.store')
      .can('programme.manage')
      .audits('programme.created')
    router.get('/:id', [Programmes, 'show']).as('programmes.show').can('programme.read')
    router.get('/:id/edit', [Programmes, 'edit']).as('programmes.edit').can('programme.manage')
    router
      .put('/:id', [Programmes, 'update'])
      .as('programmes.update')
      .can('programme.manage')
      .audits('programme.updated')
    router
      .delete('/:id', [Programmes, 'destroy'])
      .as('programmes.destroy')
      .can('programme.manage')
      .audits('programme.deleted')
    router
      .post('/:id/projects', [ProgrammeProjects, 'store'])
      .as('programmes.projects.store')
      .can('programme.manage')
      .audits('project.updated')
    router
      .delete('/:id/projects/:project_id', [ProgrammeProjects, 'destroy'])
      .as('programmes.projects.destroy')
      .can('programme.manage')
      .audits('project.updated')
  })
  .prefix('/programmes')
