import router from '#start/router'
import { viewRoutes } from '#start/saved_views'

const Overviews = () => import('#controllers/reports/overviews_controller')
const Views = () => import('#controllers/reports/views_controller')
const Reports = () => import('#controllers/reports/reports_controller')
const Submissions = () => import('#controllers/reports/submissions_controller')
const Publications = () => import('#controllers/reports/publications_controller')
const Corrections = () => import('#controllers/reports/corrections_controller')
const Comparisons = () => import('#controllers/reports/comparisons_controller')
const Schedules = () => import('#controllers/reports/schedules_controller')
const Subscriptions = () => import('#controllers/reports/subscriptions_controller')
const Subscribers = () => import('#controllers/reports/subscribers_controller')

router
  .get('/reports', [Overviews, 'index'])
  .as('report_overview.index')
  .readsReplica()
  .can('organisation.enter')
viewRoutes(Views, { path: '/reports', as: 'report_views', can: 'organisation.enter' })

router
  .group(() => {
    router.get('/', [Reports, 'index']).as('status_reports.index').readsReplica().can('report.read')
    router.get('/create', [Reports, 'create']).as('status_reports.create').can('report.write')
    router
      .post('/', [Reports, 'store'])
      .as('status_reports.store')
      .can('report.write')
      .audits('status_report.created')
    router
      .get('/comparison', [Comparisons, 'show'])
      .as('status_reports.comparisons.show')
      .can('report.read')
    router.get('/schedule', [Schedules, 'edit']).as('report_schedules.edit').can('report.write')
    router
      .put('/schedule', [Schedules, 'update'])
      .as('report_schedules.update')
      .can('report.write')
      .audits('report_schedule.updated')
    router
      .delete('/schedule', [Schedules, 'destroy'])
      .as('report_schedules.destroy')
      .can('report.write')
      .audits('report_schedule.deleted')
    router
      .post('/subscription', [Subscriptions, 'store'])
      .as('report_subscriptions.store')
      .can('report.subscribe')
      .audits('report_subscription.created')
    router
      .delete('/subscription', [Subscriptions, 'destroy'])
      .as('report_subscriptions.destroy')
      .can('report.subscribe')
      .audits('report_subscription.deleted')
    router
      .post('/subscribers', [Subscribers, 'store'])
      .as('report_subscribers.store')
      .can('report.subscribe.others')
      .audits('report_subscription.created')
    router
      .delete('/subscribers/:id', [Subscribers, 'destroy'])
      .as('report_subscribers.destroy')
      .can('report.subscribe.others')
      .audits('report_subscription.deleted')
    router.get('/:id', [Reports, 'show']).as('status_reports.show').can('report.read')
    router.get('/:id/edit', [Reports, 'edit']).as('status_reports.edit').can('report.write')
    router
      .put('/:id', [Reports, 'update'])
      .as('status_reports.update')
      .can('report.write')
      .audits('status_report.updated')
    router
      .delete('/:id', [Reports, 'destroy'])
      .as('status_reports.destroy')
      .can('report.write')
      .audits('status_report.deleted')
    router
      .post('/:id/submission', [Submissions, 'store'])
      .as('status_reports.submissions.store')
      .can('report.write')
      .audits('status_report.submitted')
    router
      .delete('/:id/submission', [Submissions, 'destroy'])
      .as('status_reports.submissions.destroy')
      .can('report.return')
      .audits('status_report.withdrawn')
    router
      .post('/:id/publication', [Publications, 'store'])
      .as('status_reports.publications.store')
      .can('report.publish')
      .audits('status_report.published')
    router
      .get('/:id/correction/create', [Corrections, 'create'])
      .as('status_reports.corrections.create')
      .can('report.write')
    router
      .post('/:id/correction', [Corrections, 'store'])
      .as('status_reports.corrections.store')
      .can('report.write')
      .audits('status_report.correction_begun')
  })
  .prefix('/projects/:project_id/reports')
