import router from '#start/router'

const Tasks = () => import('#controllers/tasks/tasks_controller')
const Across = () => import('#controllers/tasks/across_controller')
const Exports = () => import('#controllers/tasks/exports_controller')
const Statuses = () => import('#controllers/tasks/statuses_controller')

router.get('/tasks', [Across, 'index']).as('tasks_across.index').can('organisation.enter')
router.get('/tasks.csv', [Exports, 'show']).as('tasks_across.export').can('organisation.enter')
router
  .get('/projects/:project_id/tasks.csv', [Exports, 'show'])
  .as('tasks.export')
  .can('task.export')

router
  .group(() => {
    router.get('/', [Tasks, 'index']).as('tasks.index').can('task.read')
    router.get('/create', [Tasks, 'create']).as('tasks.create').can('task.create')
    router.post('/', [Tasks, 'store']).as('tasks.store').can('task.create').audits('task.created')
    router.get('/:id', [Tasks, 'show']).as('tasks.show').can('task.read')
    router.get('/:id/edit', [Tasks, 'edit']).as('tasks.edit').can('task.update.own')
    router
      .put('/:id', [Tasks, 'update'])
      .as('tasks.update')
      .can('task.update.own')
      .audits('task.updated')
    router
      .put('/:id/status', [Statuses, 'update'])
      .as('tasks.statuses.update')
      .can('task.move.own')
      .audits('task.status_changed')
  })
  .prefix('/projects/:project_id/tasks')
