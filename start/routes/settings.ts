import router from '#start/router'

const Accesses = () => import('#controllers/settings/accesses_controller')
const General = () => import('#controllers/settings/general_controller')
const Scoring = () => import('#controllers/settings/scoring_controller')
const Categories = () => import('#controllers/settings/categories_controller')
const CategoryPositions = () => import('#controllers/settings/category_positions_controller')
const CategoryRetirements = () => import('#controllers/settings/category_retirements_controller')
const Gates = () => import('#controllers/settings/gates_controller')
const Assistant = () => import('#controllers/settings/assistant_controller')
const AssistantUsage = () => import('#controllers/settings/assistant_usage_controller')
const Tokens = () => import('#controllers/settings/tokens_controller')
const Retention = () => import('#controllers/settings/retention_controller')

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

    router
      .get('/categories', [Categories, 'index'])
      .as('settings.categories.index')
      .can('governance.read')
    router
      .post('/categories', [Categories, 'store'])
      .as('settings.categories.store')
      .can('governance.manage')
      .audits('risk_category.created')
    router
      .put('/categories/:id', [Categories, 'update'])
      .as('settings.categories.update')
      .can('governance.manage')
      .audits('risk_category.updated')
    router
      .put('/categories/:id/position', [CategoryPositions, 'update'])
      .as('settings.category_positions.update')
      .can('governance.manage')
      .audits('risk_category.moved')
    router
      .post('/categories/:id/retirement', [CategoryRetirements, 'store'])
      .as('settings.category_retirements.store')
      .can('governance.manage')
      .audits('risk_category.retired')
    router
      .delete('/categories/:id/retirement', [CategoryRetirements, 'destroy'])
      .as('settings.category_retirements.destroy')
      .can('governance.manage')
      .audits('risk_category.reinstated')

    router.get('/gates', [Gates, 'edit']).as('settings.gates.edit').can('governance.read')
    router
      .put('/gates', [Gates, 'update'])
      .as('settings.gates.update')
      .can('governance.manage')
      .audits('gate_defaults.updated')

    router
      .get('/assistant', [Assistant, 'edit'])
      .as('settings.assistant.edit')
      .can('organisation.update')
    router
      .put('/assistant', [Assistant, 'update'])
      .as('settings.assistant.update')
      .can('organisation.update')
      .audits('assistant_settings.updated')

    router
      .get('/assistant/usage', [AssistantUsage, 'show'])
      .as('settings.assistant_usage.show')
      .can('organisation.update')
    router
      .get('/assistant/usage.csv', [AssistantUsage, 'export'])
      .as('settings.assistant_usage.export')
      .limited('export')
      .can('organisation.update')

    router.get('/tokens', [Tokens, 'index']).as('settings.tokens.index').can('integration.manage')
    router
      .post('/tokens', [Tokens, 'store'])
      .as('settings.tokens.store')
      .can('integration.manage')
      .signedInWithin(60)
      .audits('api_token.created')
    router
      .delete('/tokens/:id', [Tokens, 'destroy'])
      .as('settings.tokens.destroy')
      .can('integration.manage')
      .audits('api_token.revoked')

    router
      .get('/retention', [Retention, 'edit'])
      .as('settings.retention.edit')
      .can('organisation.update')
    router
      .put('/retention', [Retention, 'update'])
      .as('settings.retention.update')
      .can('organisation.update')
      .audits('retention_settings.updated')

    router
      .get('/accesses', [Accesses, 'index'])
      .as('settings.accesses.index')
      .can('organisation.update')
    router
      .delete('/accesses/:id', [Accesses, 'destroy'])
      .as('settings.accesses.destroy')
      .can('organisation.update')
      .audits('staff_access.ended')
  })
  .prefix('/settings')
