import router from '#start/router'
import { viewRoutes } from '#start/saved_views'

const RaidItems = () => import('#controllers/raid/raid_items_controller')
const RaidLog = () => import('#controllers/raid/raid_log_controller')
const RaidViews = () => import('#controllers/raid/views_controller')
const Statuses = () => import('#controllers/raid/statuses_controller')
const Answers = () => import('#controllers/raid/answers_controller')
const Rows = () => import('#controllers/raid/rows_controller')
const Conversions = () => import('#controllers/raid/conversions_controller')
const Acceptances = () => import('#controllers/raid/acceptances_controller')
const Escalations = () => import('#controllers/raid/escalations_controller')
const Relations = () => import('#controllers/raid/relations_controller')
const Reviews = () => import('#controllers/raid/reviews_controller')
const Links = () => import('#controllers/raid/links_controller')
const Comments = () => import('#controllers/raid/comments_controller')

router
  .get('/escalations', [Escalations, 'index'])
  .as('escalations.index')
  .readsReplica()
  .can('organisation.enter')
router
  .get('/raid', [RaidLog, 'index'])
  .as('raid_log.index')
  .readsReplica()
  .can('organisation.enter')
viewRoutes(RaidViews, { path: '/raid', as: 'raid_views', can: 'organisation.enter' })

router
  .group(() => {
    router.get('/raid', [RaidItems, 'index']).as('raid_items.index').readsReplica().can('raid.read')
    router
      .get('/relations', [Relations, 'show'])
      .as('relations.project')
      .readsReplica()
      .can('raid.read')
    router.get('/raid/create', [RaidItems, 'create']).as('raid_items.create').can('raid.raise')
    router
      .post('/raid', [RaidItems, 'store'])
      .as('raid_items.store')
      .can('raid.raise')
      .audits('raid_item.created')
    router
      .get('/raid/reviews/create', [Reviews, 'create'])
      .as('raid_items.reviews.create')
      .can('raid.update.own')
    router
      .post('/raid/reviews', [Reviews, 'store'])
      .as('raid_items.reviews.store')
      .can('raid.update.own')
      .audits('raid_item.reviewed')
    router.get('/raid/:id', [RaidItems, 'show']).as('raid_items.show').can('raid.read')
    router.get('/raid/:id/edit', [RaidItems, 'edit']).as('raid_items.edit').can('raid.update.own')
    router
      .put('/raid/:id', [RaidItems, 'update'])
      .as('raid_items.update')
      .can('raid.update.own')
      .audits('raid_item.updated')
    router
      .put('/raid/:id/status', [Statuses, 'update'])
      .as('raid_items.statuses.update')
      .can('raid.update.own')
      .audits('raid_item.status_changed')
    router
      .put('/raid/:id/answer', [Answers, 'update'])
      .as('raid_items.answers.update')
      .can('raid.update')
      .audits('raid_item.answered')
    router
      .patch('/raid/:id/row', [Rows, 'update'])
      .as('raid_items.rows.update')
      .can('raid.update.own')
      .audits('raid_item.updated')
    router
      .post('/raid/:id/conversion', [Conversions, 'store'])
      .as('raid_items.conversions.store')
      .can('raid.update.own')
      .audits('raid_item.realised')
    router
      .post('/raid/:id/acceptance', [Acceptances, 'store'])
      .as('raid_items.acceptances.store')
      .can('raid.accept')
      .audits('raid_item.accepted')
    router
      .post('/raid/:id/escalations', [Escalations, 'store'])
      .as('raid_items.escalations.store')
      .can('raid.update.own')
      .audits('raid_escalation.created')
    router
      .put('/raid/:id/escalations/:escalation_id', [Escalations, 'update'])
      .as('raid_items.escalations.update')
      .can('raid.read')
      .audits('raid_escalation.accepted')
    router
      .delete('/raid/:id/escalations/:escalation_id', [Escalations, 'destroy'])
      .as('raid_items.escalations.destroy')
      .can('raid.update.own')
      .audits('raid_escalation.taken_back')
    router
      .post('/raid/:id/links', [Links, 'store'])
      .as('raid_items.links.store')
      .can('raid.update.own')
      .audits('raid_item.linked')
    router
      .delete('/raid/:id/links/:link_id', [Links, 'destroy'])
      .as('raid_items.links.destroy')
      .can('raid.update.own')
      .audits('raid_item.unlinked')
    router
      .post('/raid/:id/comments', [Comments, 'store'])
      .as('raid_items.comments.store')
      .can('raid.comment')
      .audits('comment.created')
  })
  .prefix('/projects/:project_id')
