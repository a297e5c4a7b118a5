import type { KindForm } from '#controllers/assistant/kinds/form'
import { raidDraft } from '#assistant/kinds/raid_draft'
import AiInteraction from '#models/ai_interaction'
import { notesState } from '#pages/assistant/notes_page'
import { readNotes } from '#validators/assistant'

/** Entries from notes. */
export const notes: KindForm<string> = {
  kind: raidDraft,
  template: 'pages/assistant/notes',
  path: ({ project }) => `/projects/${project.id}/assistant/notes`,
  about: async ({ request }) => (await request.validateUsing(readNotes)).question,
  state: async ({ project, request, viewer }) => {
    const { again } = request.qs()
    const before = again && (await AiInteraction.findOwn(project, viewer, again))
    return notesState(project, viewer, request.input('question') ?? before?.question)
  },
}
