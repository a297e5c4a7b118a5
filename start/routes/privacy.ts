import router from '@adonisjs/core/services/router'

const Consents = () => import('#controllers/privacy/consents_controller')
const Notices = () => import('#controllers/privacy/notices_controller')
const Policies = () => import('#controllers/privacy/policies_controller')
const Versions = () => import('#controllers/privacy/versions_controller')

router.get('/privacy', [Policies, 'privacy']).as('privacy').forAnyone('the policy is public')
router.get('/cookies', [Policies, 'cookies']).as('cookies').forAnyone('the policy is public')
router
  .get('/privacy/versions', [Versions, 'index'])
  .as('policy_versions.index')
  .forAnyone('the policy is public')
router
  .get('/privacy/versions/:version', [Versions, 'show'])
  .as('policy_versions.show')
  .forAnyone('the policy is public')
router
  .put('/privacy/notice', [Notices, 'update'])
  .as('policy_notices.update')
  .forAnyone('visitors are told of changes too')
  .unaudited('the notice is itself the record that it was shown')

router.get('/consent/edit', [Consents, 'edit']).as('consents.edit').forAnyone('visitors choose too')
router
  .put('/consent', [Consents, 'update'])
  .as('consents.update')
  .forAnyone('visitors choose too')
  .unaudited('a record of its own tells of each choice')
