import router from '#start/router'

const Contacts = () => import('#controllers/security/contacts_controller')
const Troubles = () => import('#controllers/security/troubles_controller')
const PolicyReports = () => import('#controllers/security/policy_reports_controller')

router
  .get('/.well-known/security.txt', [Contacts, 'show'])
  .as('security_contact')
  .forAnyone('whoever finds a weakness must find us')
router
  .post('/csp-reports', [PolicyReports, 'store'])
  .as('policy_reports.store')
  .limited('policy_report')
  .forAnyone('browsers report without an account')
  .unaudited('a log line about a page, not a change of a record')
router
  .post('/troubles', [Troubles, 'store'])
  .as('troubles.store')
  .limited('trouble')
  .forAnyone('pages fail for visitors too')
  .unaudited('a log line about a script, not a change of a record')
