import router from '#start/router'

const Requests = () => import('#controllers/project_requests/requests_controller')
const Refusals = () => import('#controllers/project_requests/refusals_controller')
const Withdrawals = () => import('#controllers/project_requests/withdrawals_controller')

router
  .group(() => {
    router
      .get('/', [Requests, 'index'])
      .as('project_requests.index')
      .readsReplica()
      .can('project.request')
    router.get('/create', [Requests, 'create']).as('project_requests.create').can('project.request')
    router
      .post('/', [Requests, 'store'])
      .as('project_requests.store')
      .can('project.request')
      .audits('project_request.created')
    router.get('/:id', [Requests, 'show']).as('project_requests.show').can('project.request')
    router
      .post('/:id/refusal', [Refusals, 'store'])
      .as('project_requests.refusals.store')
      .can('project.create')
      .audits('project_request.declined')
    router
      .post('/:id/withdrawal', [Withdrawals, 'store'])
      .as('project_requests.withdrawals.store')
      .can('project.request')
      .audits('project_request.withdrawn')
  })
  .prefix('/project-requests')
