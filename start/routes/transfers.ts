import router from '#start/router'

const Archives = () => import('#controllers/transfers/archives_controller')
const Origins = () => import('#controllers/transfers/origins_controller')
const ProjectImports = () => import('#controllers/transfers/project_imports_controller')

router
  .get('/projects/:project_id/archive', [Archives, 'show'])
  .as('project_archives.show')
  .limited('export')
  .can('project.export')
  .audits('project.exported')
router
  .get('/projects/:project_id/origin', [Origins, 'show'])
  .as('project_origins.show')
  .can('project.read')

router
  .get('/project-imports/create', [ProjectImports, 'create'])
  .as('project_imports.create')
  .can('project.create')
router
  .post('/project-imports', [ProjectImports, 'store'])
  .as('project_imports.store')
  .can('project.create')
  .audits('project_import.uploaded')
router
  .get('/project-imports/:id', [ProjectImports, 'show'])
  .as('project_imports.show')
  .can('project.create')
