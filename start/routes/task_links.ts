import router from '#start/router'

const Links = () => import('#controllers/tasks/links_controller')
const LinkedTasks = () => import('#controllers/linked_tasks/linked_tasks_controller')
const Comments = () => import('#controllers/linked_tasks/comments_controller')
const Statuses = () => import('#controllers/linked_tasks/statuses_controller')

router
  .post('/projects/:project_id/tasks/:id/link', [Links, 'store'])
  .as('tasks.links.store')
  .can('task.update.own')
  .audits('task_link.sent')
router
  .delete('/projects/:project_id/tasks/:id/link', [Links, 'destroy'])
  .as('tasks.links.destroy')
  .can('task.update.own')
  .audits('task_link.revoked')

router
  .get('/task/:token', [LinkedTasks, 'show'])
  .as('linked_tasks.show')
  .limited('secret_link')
  .forAnyone('whoever holds the link of a task sees that task')
router
  .put('/task/:token/status', [Statuses, 'update'])
  .as('linked_tasks.statuses.update')
  .limited('secret_link')
  .forAnyone('whoever holds the link of a task says how far it is')
  .audits('task.status_changed')
router
  .post('/task/:token/comments', [Comments, 'store'])
  .as('linked_tasks.comments.store')
  .limited('secret_link')
  .forAnyone('whoever holds the link of a task comments on it')
  .audits('comment.created')
