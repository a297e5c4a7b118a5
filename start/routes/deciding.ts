import router from '#start/router'

const Boards = () => import('#controllers/deciding/boards_controller')
const Preparations = () => import('#controllers/deciding/preparations_controller')
const Reviews = () => import('#controllers/deciding/reviews_controller')
const Packs = () => import('#controllers/deciding/packs_controller')
const PackExports = () => import('#controllers/deciding/pack_exports_controller')
const Withdrawals = () => import('#controllers/deciding/withdrawals_controller')
const Confidences = () => import('#controllers/deciding/confidences_controller')
const PollOpenings = () => import('#controllers/deciding/poll_openings_controller')
const Votes = () => import('#controllers/deciding/votes_controller')
const Proposals = () => import('#controllers/deciding/proposals_controller')
const Decisions = () => import('#controllers/deciding/decisions_controller')
const Corrections = () => import('#controllers/deciding/corrections_controller')
const Ledgers = () => import('#controllers/conditions/ledgers_controller')
const Conditions = () => import('#controllers/conditions/conditions_controller')
const Claims = () => import('#controllers/conditions/claims_controller')
const Verifications = () => import('#controllers/conditions/verifications_controller')
const Waivers = () => import('#controllers/conditions/waivers_controller')
const Owners = () => import('#controllers/conditions/owners_controller')
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

router
  .group(() => {
    router.get('/conditions', [Ledgers, 'show']).as('gate_ledgers.show').can('project.read')
    router
      .post('/preparation', [Preparations, 'store'])
      .as('gate_preparations.store')
      .can('gate.submit')
      .audits('gate.prepared')
    router.get('/reviews/create', [Reviews, 'create']).as('gate_reviews.create').can('gate.submit')
    router
      .post('/reviews', [Reviews, 'store'])
      .as('gate_reviews.store')
      .can('gate.submit')
      .audits('gate_review.submitted')
    router.get('/reviews/:id', [Reviews, 'show']).as('gate_reviews.show').can('project.read')
    router.get('/reviews/:id/pack', [Packs, 'show']).as('gate_packs.show').can('project.read')
    router
      .get('/reviews/:id/pack.zip', [PackExports, 'show'])
      .as('gate_packs.export')
      .limited('export')
      .can('project.read')
      .audits('gate_pack.exported')
    router
      .post('/reviews/:id/withdrawal', [Withdrawals, 'store'])
      .as('gate_withdrawals.store')
      .can('gate.submit')
      .audits('gate_review.withdrawn')
    router
      .put('/reviews/:id/confidence', [Confidences, 'update'])
      .as('gate_confidences.update')
      .can('gate.decide')
      .audits('gate_poll_answer.given')
    router
      .post('/reviews/:id/poll_opening', [PollOpenings, 'store'])
      .as('gate_poll_openings.store')
      .can('gate.decide')
      .audits('gate_review.poll_opened')
    router
      .put('/reviews/:id/vote', [Votes, 'update'])
      .as('gate_votes.update')
      .can('gate.decide')
      .audits('gate_vote.cast')
    router
      .post('/reviews/:id/proposals', [Proposals, 'store'])
      .as('gate_proposals.store')
      .can('gate.decide')
      .audits('gate_condition_proposal.created')
    router
      .delete('/reviews/:id/proposals/:proposal_id', [Proposals, 'destroy'])
      .as('gate_proposals.destroy')
      .can('gate.decide')
      .audits('gate_condition_proposal.deleted')
    router
      .post('/reviews/:id/decision', [Decisions, 'store'])
      .as('gate_decisions.store')
      .can('gate.decide')
      .audits('gate_decision.recorded')
    router
      .get('/reviews/:id/correction/create', [Corrections, 'create'])
      .as('gate_corrections.create')
      .can('gate.decide')
    router
      .post('/reviews/:id/correction', [Corrections, 'store'])
      .as('gate_corrections.store')
      .can('gate.decide')
      .audits('gate_decision.corrected')
  })
  .prefix('/projects/:project_id/gates/:gate_id')

router
  .group(() => {
    router
      .get('/', [Conditions, 'index'])
      .as('gate_conditions.index')
      .readsReplica()
      .can('project.read')
    router.get('/:id', [Conditions, 'show']).as('gate_conditions.show').can('project.read')
    router
      .post('/:id/claim', [Claims, 'store'])
      .as('gate_condition_claims.store')
      .can('gate.condition.claim')
      .audits('gate_condition.claimed')
    router
      .post('/:id/verification', [Verifications, 'store'])
      .as('gate_condition_verifications.store')
      .can('gate.condition.verify')
      .audits('gate_condition.verified')
    router
      .delete('/:id/verification', [Verifications, 'destroy'])
      .as('gate_condition_verifications.destroy')
      .can('gate.condition.verify')
      .audits('gate_condition.sent_back')
    router
      .post('/:id/waiver', [Waivers, 'store'])
      .as('gate_condition_waivers.store')
      .can('gate.decide')
      .audits('gate_condition.waived')
    router
      .put('/:id/owner', [Owners, 'update'])
      .as('gate_condition_owners.update')
      .can('gate.condition.verify')
      .audits('gate_condition.handed_over')
  })
  .prefix('/projects/:project_id/conditions')
