import router from '#start/router'

const Tasks = () => import('#controllers/tasks/tasks_controller')
const Across = () => import('#controllers/tasks/across_controller')
const Attachments = () => import('#controllers/tasks/attachments_controller')
const Changes = () => import('#controllers/tasks/changes_controller')
const Checklists = () => import('#controllers/tasks/checklists_controller')
const Comments = () => import('#controllers/tasks/comments_controller')
const MentionOffers = () => import('#controllers/tasks/mention_offers_controller')
const Places = () => import('#controllers/tasks/places_controller')
const Predecessors = () => import('#controllers/tasks/predecessors_controller')
const Rows = () => import('#controllers/tasks/rows_controller')
const Statuses = () => import('#controllers/tasks/statuses_controller')

router
  .get('/tasks', [Across, 'index'])
  .as('tasks_across.index')
  .readsReplica()
  .can('organisation.enter')

router
  .group(() => {
    router.get('/', [Tasks, 'index']).as('tasks.index').readsReplica().can('task.read')
    router.get('/create', [Tasks, 'create']).as('tasks.create').can('task.create')
    router.post('/', [Tasks, 'store']).as('tasks.store').can('task.create').audits('task.created')
    router
      .get('/changes/create', [Changes, 'create'])
      .as('tasks.changes.create')
      .can('task.update.own')
    router
      .post('/changes', [Changes, 'store'])
      .as('tasks.changes.store')
      .can('task.update.own')
      .audits('task.updated')
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
    router
      .patch('/:id/row', [Rows, 'update'])
      .as('tasks.rows.update')
      .can('task.update.own')
      .audits('task.updated')
    router
      .get('/:id/mentions', [MentionOffers, 'index'])
      .as('tasks.mentions.index')
      .can('task.move.own')
    router
      .post('/:id/comments', [Comments, 'store'])
      .as('tasks.comments.store')
      .can('task.move.own')
      .audits('comment.created')
    router
      .post('/:id/attachments', [Attachments, 'store'])
      .as('tasks.attachments.store')
      .can('task.move.own')
      .audits('task_attachment.created')
    router
      .get('/:id/attachments/:attachment_id/file', [Attachments, 'show'])
      .as('tasks.attachments.show')
      .can('task.read')
    router
      .delete('/:id/attachments/:attachment_id', [Attachments, 'destroy'])
      .as('tasks.attachments.destroy')
      .can('task.move.own')
      .audits('task_attachment.deleted')
    router
      .post('/:id/predecessors', [Predecessors, 'store'])
      .as('tasks.predecessors.store')
      .can('task.update.own')
      .audits('task.predecessor_added')
    router
      .delete('/:id/predecessors/:predecessor_id', [Predecessors, 'destroy'])
      .as('tasks.predecessors.destroy')
      .can('task.update.own')
      .audits('task.predecessor_removed')
    router
      .post('/:id/checklist', [Checklists, 'store'])
      .as('tasks.checklist.store')
      .can('task.move.own')
      .audits('checklist_item.created')
    router
      .put('/:id/checklist/:item_id', [Checklists, 'update'])
      .as('tasks.checklist.update')
      .can('task.move.own')
      .audits('checklist_item.ticked')
    router
      .put('/:id/checklist/:item_id/place', [Places, 'update'])
      .as('tasks.checklist.places.update')
      .can('task.move.own')
      .audits('checklist_item.moved')
    router
      .delete('/:id/checklist/:item_id', [Checklists, 'destroy'])
      .as('tasks.checklist.destroy')
      .can('task.move.own')
      .audits('checklist_item.deleted')
  })
  .prefix('/projects/:project_id/tasks')
