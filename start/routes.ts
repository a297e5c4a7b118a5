import '#start/router'
import '#start/routes/audit'
import router from '@adonisjs/core/services/router'

const Health = () => import('#controllers/health_controller')
const Home = () => import('#controllers/home_controller')
const Organisations = () => import('#controllers/organisations_controller')
const OrganisationChoices = () => import('#controllers/organisation_choices_controller')
const Consents = () => import('#controllers/consents_controller')
const Policies = () => import('#controllers/policies_controller')
const Projects = () => import('#controllers/projects_controller')

router.get('/health/live', [Health, 'live']).forAnyone('a load balancer has no account')
router.get('/health/ready', [Health, 'ready']).forAnyone('a load balancer has no account')

router.get('/', [Home, 'show']).as('home').forAnyone('the way in')
router.get('/privacy', [Policies, 'privacy']).as('privacy').forAnyone('the policy is public')
router.get('/cookies', [Policies, 'cookies']).as('cookies').forAnyone('the policy is public')
router.get('/consent', [Consents, 'edit']).as('consents.edit').forAnyone('visitors choose too')
router
  .post('/consent', [Consents, 'update'])
  .as('consents.update')
  .forAnyone('visitors choose too')
  .unaudited('the choice lives in the visitor’s own cookie')

router
  .get('/organisations', [Organisations, 'index'])
  .as('organisations.index')
  .forPerson('choosing an organisation comes before being in one')
router
  .post('/organisations/choice', [OrganisationChoices, 'store'])
  .as('organisation_choices.store')
  .forPerson('choosing an organisation comes before being in one')
  .unaudited('selects a cookie and changes no record')

router.get('/projects', [Projects, 'index']).as('projects.index').can('organisation.enter')
