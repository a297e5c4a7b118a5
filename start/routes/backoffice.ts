import { DANGEROUS_MINUTES } from '#registries/back_office'
import router from '#start/router'

const Feedback = () => import('#controllers/feedback/inbox_controller')
const FeedbackStatuses = () => import('#controllers/feedback/statuses_controller')
const FeedbackReplies = () => import('#controllers/feedback/replies_controller')
const Health = () => import('#controllers/backoffice/health_controller')
const Jobs = () => import('#controllers/backoffice/jobs_controller')
const JobAttempts = () => import('#controllers/backoffice/job_attempts_controller')
const Mails = () => import('#controllers/backoffice/mails_controller')
const MailAttempts = () => import('#controllers/backoffice/mail_attempts_controller')
const MailTemplates = () => import('#controllers/backoffice/mail_templates_controller')
const MailDocuments = () => import('#controllers/backoffice/mail_documents_controller')
const Policies = () => import('#controllers/backoffice/policies_controller')
const Processors = () => import('#controllers/backoffice/processors_controller')
const Seals = () => import('#controllers/backoffice/seals_controller')
const Suppressions = () => import('#controllers/backoffice/suppressions_controller')
const Events = () => import('#controllers/backoffice/events_controller')
const Alerts = () => import('#controllers/backoffice/alerts_controller')
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
  .get('/admin/alerts', [Alerts, 'index'])
  .as('backoffice.alerts.index')
  .forPlatform('telling people of maintenance and incidents')
router
  .get('/admin/alerts/create', [Alerts, 'create'])
  .as('backoffice.alerts.create')
  .forPlatform('telling people of maintenance and incidents')
router
  .post('/admin/alerts', [Alerts, 'store'])
  .as('backoffice.alerts.store')
  .forPlatform('telling people of maintenance and incidents')
  .signedInWithin(DANGEROUS_MINUTES)
  .audits('system_alert.created')
router
  .delete('/admin/alerts/:id', [Alerts, 'destroy'])
  .as('backoffice.alerts.destroy')
  .forPlatform('telling people of maintenance and incidents')
  .audits('system_alert.ended')

router
  .get('/admin/jobs', [Jobs, 'index'])
  .as('backoffice.jobs.index')
  .forPlatform('seeing that work goes on')
router
  .post('/admin/jobs/:id/attempts', [JobAttempts, 'store'])
  .as('backoffice.jobs.attempts.store')
  .forPlatform('seeing that work goes on')
  .audits('job.retried')
router
  .delete('/admin/jobs/:id', [Jobs, 'destroy'])
  .as('backoffice.jobs.destroy')
  .forPlatform('seeing that work goes on')
  .signedInWithin(DANGEROUS_MINUTES)
  .audits('job.dropped')

router
  .get('/admin/audit', [Events, 'index'])
  .as('backoffice.events.index')
  .forPlatform('seeing what was done on the platform')

router
  .get('/admin/policies', [Policies, 'index'])
  .as('backoffice.policies.index')
  .forPlatform('knowing which policy people were told of')
router
  .get('/admin/processors', [Processors, 'index'])
  .as('backoffice.processors.index')
  .forPlatform('keeping agreements with processors in force')
router
  .get('/admin/health', [Health, 'show'])
  .as('backoffice.health.show')
  .forPlatform('running the platform')

router
  .get('/admin/seals', [Seals, 'index'])
  .as('backoffice.seals.index')
  .forPlatform('seeing that trails are sealed and whole')
router
  .post('/admin/seals/:id/verifications', [Seals, 'store'])
  .as('backoffice.seals.verifications.store')
  .forPlatform('seeing that trails are sealed and whole')
  .audits('audit_trail.verification_asked')

router
  .get('/admin/assistant', [Assistant, 'show'])
  .as('backoffice.assistant.show')
  .forPlatform('seeing what the assistant costs')
router
  .get('/admin/assistant.csv', [Assistant, 'export'])
  .as('backoffice.assistant.export')
  .limited('export')
  .forPlatform('seeing what the assistant costs')
