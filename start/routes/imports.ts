import router from '#start/router'

const Imports = () => import('#controllers/imports/imports_controller')
const Executions = () => import('#controllers/imports/executions_controller')
const Reversals = () => import('#controllers/imports/reversals_controller')

router
  .group(() => {
    router.get('/', [Imports, 'index']).as('imports.index').can('raid.import')
    router.get('/create', [Imports, 'create']).as('imports.create').can('raid.import')
    router
      .post('/', [Imports, 'store'])
      .as('imports.store')
      .can('raid.import')
      .audits('import.uploaded')
    router.get('/:id', [Imports, 'show']).as('imports.show').can('raid.import')
    router.get('/:id/edit', [Imports, 'edit']).as('imports.edit').can('raid.import')
    router
      .put('/:id', [Imports, 'update'])
      .as('imports.update')
      .can('raid.import')
      .unaudited('how a draft is read concerns no record until it is imported')
    router
      .delete('/:id', [Imports, 'destroy'])
      .as('imports.destroy')
      .can('raid.import')
      .audits('import.discarded')
    router
      .post('/:id/execution', [Executions, 'store'])
      .as('imports.executions.store')
      .can('raid.import')
      .audits('import.completed')
    router
      .post('/:id/reversal', [Reversals, 'store'])
      .as('imports.reversals.store')
      .can('raid.import')
      .audits('import.undone')
  })
  .prefix('/projects/:project_id/imports')
