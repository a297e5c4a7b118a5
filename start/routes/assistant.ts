import router from '#start/router'

const Conversations = () => import('#controllers/assistant/conversations_controller')
const Questions = () => import('#controllers/assistant/questions_controller')
const Previews = () => import('#controllers/assistant/previews_controller')
const Notes = () => import('#controllers/assistant/notes_controller')
const NotesPreviews = () => import('#controllers/assistant/notes_previews_controller')
const Drafts = () => import('#controllers/assistant/drafts_controller')
const Acceptances = () => import('#controllers/assistant/acceptances_controller')
const Dismissals = () => import('#controllers/assistant/dismissals_controller')
const Reopenings = () => import('#controllers/assistant/reopenings_controller')
const Switches = () => import('#controllers/assistant/switches_controller')

router
  .group(() => {
    router.get('/', [Conversations, 'show']).as('assistant.show').can('assistant.ask')
    router
      .put('/switch', [Switches, 'update'])
      .as('assistant.switches.update')
      .can('project.update')
      .audits('project.updated')
    router
      .post('/previews', [Previews, 'store'])
      .as('assistant.previews.store')
      .can('assistant.ask')
      .unaudited('shows what would be sent; sends nothing and keeps nothing')
    router
      .post('/questions', [Questions, 'store'])
      .as('assistant.questions.store')
      .can('assistant.ask')
      .audits('ai_interaction.created')
    router
      .get('/questions/:id', [Questions, 'show'])
      .as('assistant.questions.show')
      .can('assistant.ask')
    router.get('/notes', [Notes, 'create']).as('assistant.notes.create').can('raid.raise')
    router
      .post('/notes', [Notes, 'store'])
      .as('assistant.notes.store')
      .can('raid.raise')
      .audits('ai_interaction.created')
    router
      .post('/notes/previews', [NotesPreviews, 'store'])
      .as('assistant.notes.previews.store')
      .can('raid.raise')
      .unaudited('shows what would be sent; sends nothing and keeps nothing')
    router.get('/drafts/:id', [Drafts, 'show']).as('assistant.drafts.show').can('raid.raise')
    router
      .post('/drafts/:id/acceptance', [Acceptances, 'store'])
      .as('assistant.acceptances.store')
      .can('raid.raise')
      .audits('raid_item.created')
    router
      .post('/drafts/:id/dismissal', [Dismissals, 'store'])
      .as('assistant.dismissals.store')
      .can('assistant.ask')
      .audits('ai_proposal.dismissed')
    router
      .post('/drafts/:id/reopening', [Reopenings, 'store'])
      .as('assistant.reopenings.store')
      .can('assistant.ask')
      .audits('ai_proposal.reopened')
  })
  .prefix('/projects/:project_id/assistant')
