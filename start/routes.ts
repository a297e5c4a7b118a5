import '#start/routes/api'
import '#start/routes/webhooks'
import '#start/routes/imports'
import '#start/routes/audit'
import '#start/routes/exports'
import '#start/routes/transfers'
import '#start/routes/people'
import '#start/routes/settings'
import '#start/routes/externals'
import '#start/routes/task_links'
import '#start/routes/mails'
import '#start/routes/notifications'
import '#start/routes/work'
import '#start/routes/search'
import '#start/routes/account'
import '#start/routes/privacy'
import '#start/routes/privacy_desk'
import '#start/routes/backoffice'
import '#start/routes/portfolio'
import '#start/routes/backoffice_organisations'
import '#start/routes/backoffice_people'
import '#start/routes/project_requests'
import '#start/routes/projects'
import '#start/routes/raid'
import '#start/routes/deciding'
import '#start/routes/reports'
import '#start/routes/tasks'
import '#start/routes/assistant'
import '#start/routes/assistant_kinds'
import '#start/routes/calendar'
import '#start/routes/gates'
import '#start/routes/guides'
import '#start/routes/accessibility'
import '#start/routes/setup'
import '#start/routes/project_health'
import '#start/routes/lifecycles'
import '#start/routes/security'
import router from '#start/router'

const Health = () => import('#controllers/health_controller')
const Home = () => import('#controllers/home_controller')
const Lost = () => import('#controllers/lost_controller')
const Organisations = () => import('#controllers/organisations_controller')
const OrganisationChoices = () => import('#controllers/organisation_choices_controller')
const Sessions = () => import('#controllers/sessions_controller')

router.get('/health/live', [Health, 'live']).forAnyone('a load balancer has no account')
router.get('/health/ready', [Health, 'ready']).forAnyone('a load balancer has no account')

router.get('/', [Home, 'show']).as('home').forAnyone('the way in')

router.get('/sign-in', [Sessions, 'create']).as('sessions.create').forAnyone('the way in')
router
  .post('/session', [Sessions, 'store'])
  .as('sessions.store')
  .limited('sign_in')
  .forAnyone('the way in')
  .unaudited('sends the browser to the identity provider and changes no record')
router
  .get('/session/callback', [Sessions, 'callback'])
  .as('sessions.callback')
  .limited('sign_in')
  .forAnyone('the identity provider sends people here who are not yet signed in')
  .audits('session.started')
router
  .delete('/session', [Sessions, 'destroy'])
  .as('sessions.destroy')
  .forPerson('a session ends for the person, not in an organisation')
  .audits('session.ended')

router
  .get('/organisations', [Organisations, 'index'])
  .as('organisations.index')
  .forPerson('choosing an organisation comes before being in one')
router
  .post('/organisations', [Organisations, 'store'])
  .as('organisations.store')
  .limited('founding')
  .forPerson('founding an organisation comes before being in it')
  .audits('organisation.created')
router
  .put('/organisation', [OrganisationChoices, 'update'])
  .as('organisation_choices.update')
  .forPerson('choosing an organisation comes before being in one')
  .unaudited('selects a cookie and changes no record')

// Must be last: the first route that matches an address answers it.
router
  .get('*', [Lost, 'show'])
  .as('lost.show')
  .forAnyone('an address that is none is so for everyone')
