import router from '#start/router'

const Deliveries = () => import('#controllers/webhooks/deliveries_controller')
const Endpoints = () => import('#controllers/webhooks/endpoints_controller')
const Pauses = () => import('#controllers/webhooks/pauses_controller')
const Redeliveries = () => import('#controllers/webhooks/redeliveries_controller')
const Secrets = () => import('#controllers/webhooks/secrets_controller')
const Tests = () => import('#controllers/webhooks/tests_controller')

router
  .group(() => {
    router.get('/', [Endpoints, 'index']).as('webhooks.index').can('integration.manage')
    router
      .post('/', [Endpoints, 'store'])
      .as('webhooks.store')
      .can('integration.manage')
      .signedInWithin(60)
      .audits('webhook_endpoint.created')
    router.get('/:id', [Endpoints, 'show']).as('webhooks.show').can('integration.manage')
    router
      .put('/:id', [Endpoints, 'update'])
      .as('webhooks.update')
      .can('integration.manage')
      .signedInWithin(60)
      .audits('webhook_endpoint.updated')
    router
      .delete('/:id', [Endpoints, 'destroy'])
      .as('webhooks.destroy')
      .can('integration.manage')
      .audits('webhook_endpoint.deleted')
    router
      .post('/:id/secret', [Secrets, 'store'])
      .as('webhooks.secrets.store')
      .can('integration.manage')
      .signedInWithin(60)
      .audits('webhook_endpoint.secret_renewed')
    router
      .post('/:id/pause', [Pauses, 'store'])
      .as('webhooks.pauses.store')
      .can('integration.manage')
      .audits('webhook_endpoint.paused')
    router
      .delete('/:id/pause', [Pauses, 'destroy'])
      .as('webhooks.pauses.destroy')
      .can('integration.manage')
      .audits('webhook_endpoint.resumed')
    router
      .post('/:id/test', [Tests, 'store'])
      .as('webhooks.tests.store')
      .limited('webhook_test')
      .can('integration.manage')
      .audits('webhook_endpoint.tested')
    router
      .post('/:id/redelivery', [Redeliveries, 'store'])
      .as('webhooks.redeliveries.store')
      .can('integration.manage')
      .audits('webhook_endpoint.redelivered')
    router
      .put('/:id/deliveries/:delivery_id', [Deliveries, 'update'])
      .as('webhooks.deliveries.update')
      .can('integration.manage')
      .audits('webhook_endpoint.redelivered')
  })
  .prefix('/settings/webhooks')
