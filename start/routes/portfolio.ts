import router from '#start/router'

const Portfolios = () => import('#controllers/portfolio/portfolios_controller')
const Programmes = () => import('#controllers/portfolio/programmes_controller')
const ProgrammeProjects = () => import('#controllers/portfolio/programme_projects_controller')

router.get('/portfolio', [Portfolios, 'show']).as('portfolio.show').can('programme.read')

router
  .group(() => {
    router.get('/', [Programmes, 'index']).as('programmes.index').can('programme.read')
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
