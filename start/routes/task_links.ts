import router from '#start/router'

const Links = () => import('#controllers/tasks/links_controller')
const LinkedTasks = () => import('#controllers/linked_tasks/linked_tasks_controller')
const Comments = () => import('#controllers/linked_tasks/comments_controller')
const Attachments = () => import('#controllers/linked_tasks/attachments_controller')
const Statuses = () => import('#controllers/linked_tasks/statuses_controller')

router
  .post('/projects/:project_id/tasks/:id/link', [Links, 'store'])
  .as('tasks.links.store')
  .limited('invitation')
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
router
  .post('/task/:token/attachments', [Attachments, 'store'])
  .as('linked_tasks.attachments.store')
  .limited('handing_in')
  .forAnyone('whoever holds the link of a task hands files in for it')
  .audits('task_attachment.created')
router
  .delete('/task/:token/attachments/:id', [Attachments, 'destroy'])
  .as('linked_tasks.attachments.destroy')
  .limited('secret_link')
  .forAnyone('whoever holds the link of a task takes back what they handed in')
  .audits('task_attachment.deleted')
