import router from '#start/router'

const Codes = () => import('#controllers/privacy/codes_controller')
const Proofs = () => import('#controllers/privacy/proofs_controller')
const MemberRequests = () => import('#controllers/privacy/member_requests_controller')
const OwnErasures = () => import('#controllers/account/erasures_controller')
const OwnFlags = () => import('#controllers/account/privacy_flags_controller')
const OwnRequests = () => import('#controllers/account/privacy_requests_controller')
const OwnExports = () => import('#controllers/account/privacy_exports_controller')
const Downloads = () => import('#controllers/account/privacy_export_downloads_controller')
const Privacy = () => import('#controllers/account/privacy_controller')
const Requests = () => import('#controllers/privacy/requests_controller')
const Withdrawals = () => import('#controllers/privacy/withdrawals_controller')
const Consents = () => import('#controllers/privacy/consents_controller')
const Notices = () => import('#controllers/privacy/notices_controller')
const Policies = () => import('#controllers/privacy/policies_controller')
const Versions = () => import('#controllers/privacy/versions_controller')

const PUBLIC = 'the policy is public'
const OWN = 'rights are the person’s own, not an organisation’s'

router.get('/privacy', [Policies, 'privacy']).as('privacy').forAnyone(PUBLIC)
router.get('/cookies', [Policies, 'cookies']).as('cookies').forAnyone(PUBLIC)
router.get('/privacy/versions', [Versions, 'index']).as('policy_versions.index').forAnyone(PUBLIC)
router
  .get('/privacy/versions/:version', [Versions, 'show'])
  .as('policy_versions.show')
  .forAnyone(PUBLIC)
router
  .put('/privacy/notice', [Notices, 'update'])
  .as('policy_notices.update')
  .forAnyone('visitors are told of changes too')
  .unaudited('the notice is itself the record that it was shown')

router
  .get('/privacy/requests/create', [Requests, 'create'])
  .as('privacy_requests.create')
  .forAnyone('people without an account have rights too')
router
  .post('/privacy/requests', [Requests, 'store'])
  .as('privacy_requests.store')
  .limited('public_form')
  .forAnyone('people without an account have rights too')
  .audits('privacy_request.created')
router
  .get('/privacy/requests/:ref', [Requests, 'show'])
  .as('privacy_requests.show')
  .forAnyone('shows a request only to who entered its code')
router
  .post('/privacy/requests/:ref/code', [Codes, 'store'])
  .as('privacy_requests.codes.store')
  .limited('public_form')
  .forAnyone('a code goes to the address of the request only')
  .unaudited('the log of the request tells of the code')
router
  .post('/privacy/requests/:ref/proof', [Proofs, 'store'])
  .as('privacy_requests.proofs.store')
  .limited('public_form')
  .forAnyone('the code proves who enters it')
  .audits('privacy_request.status_changed')
router
  .post('/privacy/requests/:ref/withdrawal', [Withdrawals, 'store'])
  .as('privacy_requests.withdrawals.store')
  .limited('public_form')
  .forAnyone('only who entered its code may')
  .audits('privacy_request.withdrawn')

router
  .get('/privacy-requests', [MemberRequests, 'index'])
  .as('member_privacy_requests.index')
  .can('privacy_request.read')

router.get('/profile/privacy', [Privacy, 'show']).as('profile.privacy').forPerson(OWN)
router.get('/profile/privacy/erasure', [OwnErasures, 'show']).as('profile.erasure').forPerson(OWN)
router
  .post('/profile/privacy/erasure', [OwnErasures, 'store'])
  .as('profile.erasure.store')
  .forPerson(OWN)
  .audits('privacy_request.created')
router
  .post('/profile/privacy/requests', [OwnRequests, 'store'])
  .as('profile.privacy_requests.store')
  .forPerson(OWN)
  .audits('privacy_request.created')
router
  .delete('/profile/privacy/requests/:id', [OwnRequests, 'destroy'])
  .as('profile.privacy_requests.destroy')
  .forPerson(OWN)
  .audits('privacy_request.withdrawn')
router
  .post('/profile/privacy/exports', [OwnExports, 'store'])
  .as('profile.privacy_exports.store')
  .limited('export')
  .forPerson(OWN)
  .signedInWithin(60)
  .audits('privacy_export.created')
router
  .get('/profile/privacy/exports/:id', [OwnExports, 'show'])
  .as('profile.privacy_exports.show')
  .forPerson(OWN)
router
  .post('/profile/privacy/exports/:id/download', [Downloads, 'store'])
  .as('profile.privacy_exports.downloads.store')
  .limited('export')
  .forPerson(OWN)
  .signedInWithin(60)
  .audits('privacy_export.downloaded')
  .repeats('a file is fetched as often as it is asked for')
router
  .put('/profile/privacy/flags/:flag', [OwnFlags, 'update'])
  .as('profile.privacy_flags.update')
  .forPerson(OWN)
  .audits('person_flag.created')
router
  .delete('/profile/privacy/flags/:flag', [OwnFlags, 'destroy'])
  .as('profile.privacy_flags.destroy')
  .forPerson(OWN)
  .audits('person_flag.lifted')

router.get('/consent/edit', [Consents, 'edit']).as('consents.edit').forAnyone('visitors choose too')
router
  .put('/consent', [Consents, 'update'])
  .as('consents.update')
  .forAnyone('visitors choose too')
  .unaudited('a record of its own tells of each choice')
