import router from '#start/router'

const Feedback = () => import('#controllers/feedback/inbox_controller')
const FeedbackStatuses = () => import('#controllers/feedback/statuses_controller')
const FeedbackReplies = () => import('#controllers/feedback/replies_controller')
const Mails = () => import('#controllers/backoffice/mails_controller')
const MailAttempts = () => import('#controllers/backoffice/mail_attempts_controller')
const MailTemplates = () => import('#controllers/backoffice/mail_templates_controller')
const MailDocuments = () => import('#controllers/backoffice/mail_documents_controller')
const Suppressions = () => import('#controllers/backoffice/suppressions_controller')
const Events = () => import('#controllers/backoffice/events_controller')
const Assistant = () => import('#controllers/backoffice/assistant_controller')
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

router
  .get('/admin/mails', [Mails, 'index'])
  .as('backoffice.mails.index')
  .forPlatform('seeing that mails go out')
router
  .post('/admin/mails/:id/attempts', [MailAttempts, 'store'])
  .as('backoffice.mails.attempts.store')
  .forPlatform('seeing that mails go out')
  .audits('mail.retried')
router
  .get('/admin/suppressions', [Suppressions, 'index'])
  .as('backoffice.suppressions.index')
  .forPlatform('seeing that mails go out')
router
  .delete('/admin/suppressions', [Suppressions, 'destroy'])
  .as('backoffice.suppressions.destroy')
  .forPlatform('seeing that mails go out')
  .audits('mail_suppression.lifted')
router
  .get('/admin/mail_templates', [MailTemplates, 'index'])
  .as('backoffice.mail_templates.index')
  .forPlatform('seeing how mails look')
router
  .get('/admin/mail_templates/:name', [MailTemplates, 'show'])
  .as('backoffice.mail_templates.show')
  .forPlatform('seeing how mails look')
router
  .get('/admin/mail_templates/:name/document', [MailDocuments, 'show'])
  .as('backoffice.mail_templates.document')
  .forPlatform('seeing how mails look')

router
  .get('/admin/audit', [Events, 'index'])
  .as('backoffice.events.index')
  .forPlatform('seeing what was done on the platform')

router
  .get('/admin/assistant', [Assistant, 'show'])
  .as('backoffice.assistant.show')
  .forPlatform('seeing what the assistant costs')
router
  .get('/admin/assistant.csv', [Assistant, 'export'])
  .as('backoffice.assistant.export')
  .limited('export')
  .forPlatform('seeing what the assistant costs')
