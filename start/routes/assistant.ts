import router from '#start/router'

const Conversations = () => import('#controllers/assistant/conversations_controller')
const Questions = () => import('#controllers/assistant/questions_controller')
const Previews = () => import('#controllers/assistant/previews_controller')
const Notes = () => import('#controllers/assistant/notes_controller')
const NotesPreviews = () => import('#controllers/assistant/notes_previews_controller')
const Documents = () => import('#controllers/assistant/documents_controller')
const EntryActions = () => import('#controllers/assistant/entry_actions_controller')
const EntryActionsPreviews = () =>
  import('#controllers/assistant/entry_actions_previews_controller')
const Actions = () => import('#controllers/assistant/actions_controller')
const ActionAcceptances = () => import('#controllers/assistant/action_acceptances_controller')
const Duplicates = () => import('#controllers/assistant/duplicates_controller')
const DuplicatesPreviews = () => import('#controllers/assistant/duplicates_previews_controller')
const Merges = () => import('#controllers/assistant/merges_controller')
const MergeAcceptances = () => import('#controllers/assistant/merge_acceptances_controller')
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
    router
      .post('/notes/documents', [Documents, 'store'])
      .as('assistant.notes.documents.store')
      .limited('document')
      .can('raid.raise')
      .unaudited('reads the text of a file into the form; keeps and sends nothing')
    router
      .get('/entries/:id', [EntryActions, 'create'])
      .as('assistant.entry_actions.create')
      .can('task.create')
    router
      .post('/entries/:id', [EntryActions, 'store'])
      .as('assistant.entry_actions.store')
      .can('task.create')
      .audits('ai_interaction.created')
    router
      .post('/entries/:id/previews', [EntryActionsPreviews, 'store'])
      .as('assistant.entry_actions.previews.store')
      .can('task.create')
      .unaudited('shows what would be sent; sends nothing and keeps nothing')
    router.get('/actions/:id', [Actions, 'show']).as('assistant.actions.show').can('task.create')
    router
      .post('/actions/:id/acceptance', [ActionAcceptances, 'store'])
      .as('assistant.action_acceptances.store')
      .can('task.create')
      .audits('task.created')
    router
      .get('/duplicates', [Duplicates, 'create'])
      .as('assistant.duplicates.create')
      .can('raid.update.own')
    router
      .post('/duplicates', [Duplicates, 'store'])
      .as('assistant.duplicates.store')
      .can('raid.update.own')
      .audits('ai_interaction.created')
    router
      .post('/duplicates/previews', [DuplicatesPreviews, 'store'])
      .as('assistant.duplicates.previews.store')
      .can('raid.update.own')
      .unaudited('shows what would be sent; sends nothing and keeps nothing')
    router.get('/merges/:id', [Merges, 'show']).as('assistant.merges.show').can('raid.update.own')
    router
      .post('/merges/:id/acceptance', [MergeAcceptances, 'store'])
      .as('assistant.merge_acceptances.store')
      .can('raid.update.own')
      .audits('raid_item.status_changed')
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
