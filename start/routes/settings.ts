import router from '@adonisjs/core/services/router'

const General = () => import('#controllers/settings/general_controller')
const Scoring = () => import('#controllers/settings/scoring_controller')
const Gates = () => import('#controllers/settings/gates_controller')

router
  .group(() => {
    router.get('/', [General, 'edit']).as('settings.general.edit').can('organisation.update')
    router
      .put('/', [General, 'update'])
      .as('settings.general.update')
      .can('organisation.update')
      .audits('organisation.updated')

    router.get('/scoring', [Scoring, 'edit']).as('settings.scoring.edit').can('governance.read')
    router
      .put('/scoring', [Scoring, 'update'])
      .as('settings.scoring.update')
      .can('governance.manage')
      .audits('raid_scoring.updated')

    router.get('/gates', [Gates, 'edit']).as('settings.gates.edit').can('governance.read')
    router
      .put('/gates', [Gates, 'update'])
      .as('settings.gates.update')
      .can('governance.manage')
      .audits('gate_defaults.updated')
  })
  .prefix('/settings')
