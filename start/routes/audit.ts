import router from '#start/router'

const ProjectEvents = () => import('#controllers/audit/project_events_controller')
const ItemEvents = () => import('#controllers/audit/item_events_controller')
const OrganisationEvents = () => import('#controllers/audit/organisation_events_controller')
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
