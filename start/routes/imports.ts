import router from '#start/router'

const Imports = () => import('#controllers/imports/imports_controller')
const Executions = () => import('#controllers/imports/executions_controller')
const Cancellations = () => import('#controllers/imports/cancellations_controller')
const Mappings = () => import('#controllers/imports/mappings_controller')
const Applications = () => import('#controllers/imports/applications_controller')
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
    router
      .post('/:id/cancellation', [Cancellations, 'store'])
      .as('imports.cancellations.store')
      .can('raid.import')
      .audits('import.cancelled')
    router
      .get('/:id/mappings/create', [Mappings, 'create'])
      .as('import_mappings.create')
      .can('raid.import')
    router
      .post('/:id/mappings', [Mappings, 'store'])
      .as('import_mappings.store')
      .can('raid.import')
      .audits('import_mapping.created')
    router
      .post('/:id/applications', [Applications, 'store'])
      .as('imports.applications.store')
      .can('raid.import')
      .unaudited('how a draft is read concerns no record until it is imported')
  })
  .prefix('/projects/:project_id/imports')

router
  .group(() => {
    router.get('/', [Mappings, 'index']).as('import_mappings.index').can('raid.import')
    router.get('/:id/edit', [Mappings, 'edit']).as('import_mappings.edit').can('raid.import')
    router
      .put('/:id', [Mappings, 'update'])
      .as('import_mappings.update')
      .can('raid.import')
      .audits('import_mapping.updated')
    router
      .delete('/:id', [Mappings, 'destroy'])
      .as('import_mappings.destroy')
      .can('raid.import')
      .audits('import_mapping.deleted')
  })
  .prefix('/projects/:project_id/import-mappings')
