import router from '#start/router'

const ReportDrafts = () => import('#controllers/assistant/report_drafts_controller')
const ReportDraftPreviews = () => import('#controllers/assistant/report_draft_previews_controller')
const Fields = () => import('#controllers/assistant/fields_controller')
const GateChallenges = () => import('#controllers/assistant/gate_challenges_controller')
const GateChallengePreviews = () =>
  import('#controllers/assistant/gate_challenge_previews_controller')
const GateQuestions = () => import('#controllers/assistant/gate_questions_controller')
const QuestionTasks = () => import('#controllers/assistant/question_tasks_controller')
const QuestionComments = () => import('#controllers/assistant/question_comments_controller')
const AssumptionChecks = () => import('#controllers/assistant/assumption_checks_controller')
const AssumptionCheckPreviews = () =>
  import('#controllers/assistant/assumption_check_previews_controller')
const Assumptions = () => import('#controllers/assistant/assumptions_controller')
const AssumptionReviews = () => import('#controllers/assistant/assumption_reviews_controller')
const AssumptionRisks = () => import('#controllers/assistant/assumption_risks_controller')
const ChangeSummaries = () => import('#controllers/assistant/change_summaries_controller')
const ChangeSummaryPreviews = () =>
  import('#controllers/assistant/change_summary_previews_controller')

const SHOWS = 'shows what would be sent; sends nothing and keeps nothing'

router
  .group(() => {
    router
      .get('/reports/:report_id', [ReportDrafts, 'show'])
      .as('assistant.report_drafts.show')
      .can('report.write')
    router
      .post('/reports/:report_id', [ReportDrafts, 'store'])
      .as('assistant.report_drafts.store')
      .can('report.write')
      .audits('ai_interaction.created')
    router
      .post('/reports/:report_id/previews', [ReportDraftPreviews, 'store'])
      .as('assistant.report_drafts.previews.store')
      .can('report.write')
      .unaudited(SHOWS)
    router
      .post('/drafts/:id/field', [Fields, 'store'])
      .as('assistant.fields.store')
      .can('report.write')
      .audits('status_report.updated')

    router
      .get('/gates/:gate_id', [GateChallenges, 'show'])
      .as('assistant.gate_challenges.show')
      .can('assistant.ask')
    router
      .post('/gates/:gate_id', [GateChallenges, 'store'])
      .as('assistant.gate_challenges.store')
      .can('assistant.ask')
      .audits('ai_interaction.created')
    router
      .post('/gates/:gate_id/previews', [GateChallengePreviews, 'store'])
      .as('assistant.gate_challenges.previews.store')
      .can('assistant.ask')
      .unaudited(SHOWS)
    router
      .get('/drafts/:id/question', [GateQuestions, 'show'])
      .as('assistant.gate_questions.show')
      .can('assistant.ask')
    router
      .post('/drafts/:id/task', [QuestionTasks, 'store'])
      .as('assistant.question_tasks.store')
      .can('task.create')
      .audits('task.created')
    router
      .post('/drafts/:id/comment', [QuestionComments, 'store'])
      .as('assistant.question_comments.store')
      .can('raid.comment')
      .audits('comment.created')

    router
      .get('/assumptions', [AssumptionChecks, 'show'])
      .as('assistant.assumption_checks.show')
      .can('raid.raise')
    router
      .post('/assumptions', [AssumptionChecks, 'store'])
      .as('assistant.assumption_checks.store')
      .can('raid.raise')
      .audits('ai_interaction.created')
    router
      .post('/assumptions/previews', [AssumptionCheckPreviews, 'store'])
      .as('assistant.assumption_checks.previews.store')
      .can('raid.raise')
      .unaudited(SHOWS)
    router
      .get('/drafts/:id/assumption', [Assumptions, 'show'])
      .as('assistant.assumptions.show')
      .can('raid.raise')
    router
      .post('/drafts/:id/review', [AssumptionReviews, 'store'])
      .as('assistant.assumption_reviews.store')
      .can('raid.update.own')
      .audits('raid_item.updated')
    router
      .post('/drafts/:id/risk', [AssumptionRisks, 'store'])
      .as('assistant.assumption_risks.store')
      .can('raid.raise')
      .audits('raid_item.created')

    router
      .get('/changes', [ChangeSummaries, 'show'])
      .as('assistant.change_summaries.show')
      .can('assistant.ask')
    router
      .post('/changes', [ChangeSummaries, 'store'])
      .as('assistant.change_summaries.store')
      .can('assistant.ask')
      .audits('ai_interaction.created')
    router
      .post('/changes/previews', [ChangeSummaryPreviews, 'store'])
      .as('assistant.change_summaries.previews.store')
      .can('assistant.ask')
      .unaudited(SHOWS)
  })
  .prefix('/projects/:project_id/assistant')
