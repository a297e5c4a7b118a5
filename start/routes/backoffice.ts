import router from '@adonisjs/core/services/router'

const Feedback = () => import('#controllers/feedback/inbox_controller')
const FeedbackStatuses = () => import('#controllers/feedback/statuses_controller')
const FeedbackReplies = () => import('#controllers/feedback/replies_controller')
const Overviews = () => import('#controllers/backoffice/overviews_controller')

router
  .get('/admin', [Overviews, 'show'])
  .as('backoffice.overview')
  .forPlatform('running the platform')

router
  .get('/admin/feedback', [Feedback, 'index'])
  .as('backoffice.feedback.index')
  .forPlatform('answering what people tell us')
router
  .get('/admin/feedback/:id', [Feedback, 'show'])
  .as('backoffice.feedback.show')
  .forPlatform('answering what people tell us')
router
  .put('/admin/feedback/:id/status', [FeedbackStatuses, 'update'])
  .as('backoffice.feedback.statuses.update')
  .forPlatform('answering what people tell us')
  .audits('feedback.status_changed')
router
  .post('/admin/feedback/:id/replies', [FeedbackReplies, 'store'])
  .as('backoffice.feedback.replies.store')
  .forPlatform('answering what people tell us')
  .audits('feedback.answered')
