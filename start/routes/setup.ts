import router from '#start/router'

const Setups = () => import('#controllers/setup/setups_controller')
const Dismissals = () => import('#controllers/setup/dismissals_controller')
const Samples = () => import('#controllers/setup/samples_controller')

router.get('/setup', [Setups, 'show']).as('setup.show').can('organisation.update')
router
  .put('/setup/dismissal', [Dismissals, 'update'])
  .as('setup.dismissals.update')
  .can('organisation.update')
  .unaudited('how one member likes their own pages, and changes no record')
router
  .delete('/setup/dismissal', [Dismissals, 'destroy'])
  .as('setup.dismissals.destroy')
  .can('organisation.update')
  .unaudited('how one member likes their own pages, and changes no record')

router
  .post('/sample-project', [Samples, 'store'])
  .as('samples.store')
  .can('project.create')
  .audits('project.created')
router
  .delete('/projects/:project_id/sample', [Samples, 'destroy'])
  .as('samples.destroy')
  .can('project.create')
  .audits('project.updated')
