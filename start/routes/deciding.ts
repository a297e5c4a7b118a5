import router from '#start/router'

const Boards = () => import('#controllers/deciding/boards_controller')
const Delegations = () => import('#controllers/deciding/delegations_controller')

router
  .group(() => {
    router.get('/gates/:gate_id/board', [Boards, 'show']).as('gate_boards.show').can('project.read')
    router
      .put('/gates/:gate_id/board', [Boards, 'update'])
      .as('gate_boards.update')
      .can('gate.board.set')
      .audits('gate_board.updated')

    router
      .post('/delegations', [Delegations, 'store'])
      .as('gate_delegations.store')
      .can('gate.decide')
      .audits('gate_delegation.created')
    router
      .delete('/delegations/:id', [Delegations, 'destroy'])
      .as('gate_delegations.destroy')
      .can('gate.decide')
      .audits('gate_delegation.revoked')
  })
  .prefix('/projects/:project_id')
