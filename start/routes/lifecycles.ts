import router from '#start/router'

const Lifecycles = () => import('#controllers/lifecycles/lifecycles_controller')
const Versions = () => import('#controllers/lifecycles/versions_controller')
const Publications = () => import('#controllers/lifecycles/publications_controller')
const Retirements = () => import('#controllers/lifecycles/retirements_controller')
const Stages = () => import('#controllers/lifecycles/stages_controller')
const StagePositions = () => import('#controllers/lifecycles/stage_positions_controller')
const Gates = () => import('#controllers/lifecycles/gates_controller')
const Criteria = () => import('#controllers/lifecycles/criteria_controller')
const CriterionPositions = () => import('#controllers/lifecycles/criterion_positions_controller')

router
  .group(() => {
    router.get('/', [Lifecycles, 'index']).as('lifecycles.index').can('governance.read')
    router.get('/create', [Lifecycles, 'create']).as('lifecycles.create').can('governance.manage')
    router
      .post('/', [Lifecycles, 'store'])
      .as('lifecycles.store')
      .can('governance.manage')
      .audits('lifecycle.created')
  })
  .prefix('/settings/lifecycles')

router
  .group(() => {
    router.get('/', [Lifecycles, 'show']).as('lifecycles.show').can('governance.read')
    router.get('/edit', [Lifecycles, 'edit']).as('lifecycles.edit').can('governance.manage')
    router
      .put('/', [Lifecycles, 'update'])
      .as('lifecycles.update')
      .can('governance.manage')
      .audits('lifecycle.updated')
    router
      .delete('/', [Lifecycles, 'destroy'])
      .as('lifecycles.destroy')
      .can('governance.manage')
      .audits('lifecycle.deleted')
    router
      .post('/versions', [Versions, 'store'])
      .as('lifecycles.versions.store')
      .can('governance.manage')
      .audits('lifecycle.created')
    router
      .post('/publication', [Publications, 'store'])
      .as('lifecycles.publications.store')
      .can('governance.manage')
      .audits('lifecycle.published')
    router
      .post('/retirement', [Retirements, 'store'])
      .as('lifecycles.retirements.store')
      .can('governance.manage')
      .audits('lifecycle.retired')

    router
      .post('/stages', [Stages, 'store'])
      .as('lifecycles.stages.store')
      .can('governance.manage')
      .audits('lifecycle.updated')
    router
      .get('/stages/:id/edit', [Stages, 'edit'])
      .as('lifecycles.stages.edit')
      .can('governance.manage')
    router
      .put('/stages/:id', [Stages, 'update'])
      .as('lifecycles.stages.update')
      .can('governance.manage')
      .audits('lifecycle.updated')
    router
      .delete('/stages/:id', [Stages, 'destroy'])
      .as('lifecycles.stages.destroy')
      .can('governance.manage')
      .audits('lifecycle.updated')
    router
      .put('/stages/:stage_id/position', [StagePositions, 'update'])
      .as('lifecycles.stages.positions.update')
      .can('governance.manage')
      .audits('lifecycle.updated')

    router
      .get('/stages/:stage_id/gate/edit', [Gates, 'edit'])
      .as('lifecycles.gates.edit')
      .can('governance.manage')
    router
      .put('/stages/:stage_id/gate', [Gates, 'update'])
      .as('lifecycles.gates.update')
      .can('governance.manage')
      .audits('lifecycle.updated')
    router
      .delete('/stages/:stage_id/gate', [Gates, 'destroy'])
      .as('lifecycles.gates.destroy')
      .can('governance.manage')
      .audits('lifecycle.updated')

    router
      .get('/gates/:gate_id/criteria/create', [Criteria, 'create'])
      .as('lifecycles.criteria.create')
      .can('governance.manage')
    router
      .post('/gates/:gate_id/criteria', [Criteria, 'store'])
      .as('lifecycles.criteria.store')
      .can('governance.manage')
      .audits('lifecycle.updated')
    router
      .get('/criteria/:id/edit', [Criteria, 'edit'])
      .as('lifecycles.criteria.edit')
      .can('governance.manage')
    router
      .put('/criteria/:id', [Criteria, 'update'])
      .as('lifecycles.criteria.update')
      .can('governance.manage')
      .audits('lifecycle.updated')
    router
      .delete('/criteria/:id', [Criteria, 'destroy'])
      .as('lifecycles.criteria.destroy')
      .can('governance.manage')
      .audits('lifecycle.updated')
    router
      .put('/criteria/:criterion_id/position', [CriterionPositions, 'update'])
      .as('lifecycles.criteria.positions.update')
      .can('governance.manage')
      .audits('lifecycle.updated')
  })
  .prefix('/settings/lifecycles/:lifecycle_id')
