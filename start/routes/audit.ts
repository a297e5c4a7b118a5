import router from '#start/router'

const ProjectEvents = () => import('#controllers/audit/project_events_controller')
const ItemEvents = () => import('#controllers/audit/item_events_controller')
const OrganisationEvents = () => import('#controllers/audit/organisation_events_controller')
const Bundles = () => import('#controllers/audit/bundles_controller')
const Verifications = () => import('#controllers/audit/verifications_controller')
const Exports = () => import('#controllers/audit/exports_controller')

router
  .get('/projects/:project_id/audit', [ProjectEvents, 'index'])
  .as('audit.project')
  .can('audit.read')
router
  .get('/projects/:project_id/audit.csv', [Exports, 'show'])
  .as('audit.project.export')
  .limited('export')
  .can('audit.export')
  .audits('audit_trail.exported')
router
  .get('/projects/:project_id/raid/:id/audit', [ItemEvents, 'index'])
  .as('audit.item')
  .can('audit.read')

router
  .get('/audit', [OrganisationEvents, 'index'])
  .as('audit.organisation')
  .can('audit.read.organisation')
router
  .get('/audit.csv', [Exports, 'show'])
  .as('audit.organisation.export')
  .limited('export')
  .can('audit.read.organisation')
  .audits('audit_trail.exported')
router
  .get('/audit.zip', [Bundles, 'show'])
  .as('audit.organisation.bundle')
  .limited('export')
  .can('audit.read.organisation')
  .audits('audit_trail.exported')
router
  .post('/audit/verifications', [Verifications, 'store'])
  .as('audit.organisation.verifications.store')
  .limited('export')
  .can('audit.read.organisation')
  .audits('audit_trail.verification_asked')
