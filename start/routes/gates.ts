import router from '@adonisjs/core/services/router'

const Gates = () => import('#controllers/gates/gates_controller')
const Readiness = () => import('#controllers/gates/readiness_controller')
const Dates = () => import('#controllers/gates/dates_controller')
const Baselines = () => import('#controllers/gates/baselines_controller')
const Lifecycles = () => import('#controllers/gates/lifecycles_controller')
const Stages = () => import('#controllers/gates/stages_controller')

router
  .group(() => {
    router.get('/gates', [Gates, 'index']).as('gates.index').can('gate.read')
    router.get('/gates/:id', [Gates, 'show']).as('gates.show').can('gate.read')
    router
      .get('/gates/:id/readiness', [Readiness, 'show'])
      .as('gates.readiness.show')
      .can('gate.read')
    router.get('/gates/:id/dates/edit', [Dates, 'edit']).as('gates.dates.edit').can('gate.update')
    router
      .put('/gates/:id/dates', [Dates, 'update'])
      .as('gates.dates.update')
      .can('gate.update')
      .audits('gate.rescheduled')
    router
      .get('/gates/:id/baselines/create', [Baselines, 'create'])
      .as('gates.baselines.create')
      .can('gate.update')
    router
      .post('/gates/:id/baselines', [Baselines, 'store'])
      .as('gates.baselines.store')
      .can('gate.update')
      .audits('gate.rebaselined')
    router
      .get('/lifecycle/edit', [Lifecycles, 'edit'])
      .as('projects.lifecycle.edit')
      .can('gate.update')
    router
      .put('/lifecycle', [Lifecycles, 'update'])
      .as('projects.lifecycle.update')
      .can('gate.update')
      .audits('project.lifecycle_adopted')
    router.get('/stages/:id/edit', [Stages, 'edit']).as('stages.edit').can('gate.update')
    router
      .put('/stages/:id', [Stages, 'update'])
      .as('stages.update')
      .can('gate.update')
      .audits('stage.rescheduled')
  })
  .prefix('/projects/:project_id')
