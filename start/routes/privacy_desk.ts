import router from '#start/router'

const Acknowledgements = () => import('#controllers/desk/acknowledgements_controller')
const Answers = () => import('#controllers/desk/answers_controller')
const Clarifications = () => import('#controllers/desk/clarifications_controller')
const ConsentExports = () => import('#controllers/desk/consent_exports_controller')
const Erasures = () => import('#controllers/desk/erasures_controller')
const Exemptions = () => import('#controllers/desk/exemptions_controller')
const Exports = () => import('#controllers/desk/exports_controller')
const Extensions = () => import('#controllers/desk/extensions_controller')
const Flags = () => import('#controllers/desk/flags_controller')
const Fulfilments = () => import('#controllers/desk/fulfilments_controller')
const Identities = () => import('#controllers/desk/identities_controller')
const Notes = () => import('#controllers/desk/notes_controller')
const Recipients = () => import('#controllers/desk/recipients_controller')
const Redactions = () => import('#controllers/desk/redactions_controller')
const Refusals = () => import('#controllers/desk/refusals_controller')
const Requests = () => import('#controllers/desk/requests_controller')
const RetentionRuns = () => import('#controllers/desk/retention_runs_controller')
const Withdrawals = () => import('#controllers/desk/withdrawals_controller')

const WHY = 'answering people about their data'

router.get('/admin/privacy', [Requests, 'index']).as('desk.requests.index').forPlatform(WHY)
router
  .get('/admin/privacy/create', [Requests, 'create'])
  .as('desk.requests.create')
  .forPlatform(WHY)
router
  .get('/admin/privacy/consents.csv', [ConsentExports, 'show'])
  .as('desk.consents.export')
  .limited('export')
  .forPlatform('proving consent')
router
  .get('/admin/privacy/retention', [RetentionRuns, 'index'])
  .as('desk.retention.index')
  .forPlatform('seeing that data leaves when it should')
router
  .get('/admin/privacy/erasures', [Erasures, 'index'])
  .as('desk.erasures.index')
  .forPlatform('erasing people')
router
  .get('/admin/privacy/erasures/:id', [Erasures, 'show'])
  .as('desk.erasures.show')
  .forPlatform('erasing people')
router
  .post('/admin/privacy/erasures/:id/redactions', [Redactions, 'store'])
  .as('desk.redactions.store')
  .forPlatform('erasing people')
  .audits('erasure_find.redacted')
router
  .post('/admin/privacy/erasures/:id/exemptions', [Exemptions, 'store'])
  .as('desk.exemptions.store')
  .forPlatform('erasing people')
  .audits('erasure_find.kept')
router
  .post('/admin/privacy/:id/export', [Exports, 'store'])
  .as('desk.exports.store')
  .forPlatform(WHY)
  .audits('privacy_export.created')
router
  .post('/admin/privacy/:id/erasure', [Erasures, 'store'])
  .as('desk.erasures.store')
  .forPlatform('erasing people')
  .audits('erasure.started')
router
  .post('/admin/privacy', [Requests, 'store'])
  .as('desk.requests.store')
  .forPlatform(WHY)
  .audits('privacy_request.created')
router.get('/admin/privacy/:id', [Requests, 'show']).as('desk.requests.show').forPlatform(WHY)
router
  .post('/admin/privacy/:id/identity', [Identities, 'store'])
  .as('desk.identities.store')
  .forPlatform(WHY)
  .audits('privacy_request.status_changed')
router
  .post('/admin/privacy/:id/clarification', [Clarifications, 'store'])
  .as('desk.clarifications.store')
  .forPlatform(WHY)
  .audits('privacy_request.status_changed')
router
  .post('/admin/privacy/:id/answer', [Answers, 'store'])
  .as('desk.answers.store')
  .forPlatform(WHY)
  .audits('privacy_request.status_changed')
router
  .post('/admin/privacy/:id/acknowledgement', [Acknowledgements, 'store'])
  .as('desk.acknowledgements.store')
  .forPlatform(WHY)
  .audits('privacy_request.acknowledged')
router
  .post('/admin/privacy/:id/extension', [Extensions, 'store'])
  .as('desk.extensions.store')
  .forPlatform(WHY)
  .audits('privacy_request.extended')
router
  .post('/admin/privacy/:id/refusal', [Refusals, 'store'])
  .as('desk.refusals.store')
  .forPlatform(WHY)
  .audits('privacy_request.refused')
router
  .post('/admin/privacy/:id/fulfilment', [Fulfilments, 'store'])
  .as('desk.fulfilments.store')
  .forPlatform(WHY)
  .audits('privacy_request.fulfilled')
router
  .post('/admin/privacy/:id/withdrawal', [Withdrawals, 'store'])
  .as('desk.withdrawals.store')
  .forPlatform(WHY)
  .audits('privacy_request.withdrawn')
router
  .post('/admin/privacy/:id/notes', [Notes, 'store'])
  .as('desk.notes.store')
  .forPlatform(WHY)
  .audits('privacy_request.noted')
router
  .post('/admin/privacy/:id/recipients', [Recipients, 'store'])
  .as('desk.recipients.store')
  .forPlatform(WHY)
  .audits('privacy_request.recipient_noted')
router
  .put('/admin/privacy/:id/flags/:flag', [Flags, 'update'])
  .as('desk.flags.update')
  .forPlatform('keeping to restrictions and objections')
  .audits('person_flag.created')
router
  .delete('/admin/privacy/:id/flags/:flag', [Flags, 'destroy'])
  .as('desk.flags.destroy')
  .forPlatform('keeping to restrictions and objections')
  .audits('person_flag.lifted')
