import type { HttpContext } from '@adonisjs/core/http'
import { draftFromNotes } from '#assistant/notes'
import { notesState } from '#pages/assistant/notes_page'
import { readNotes } from '#validators/assistant'

export default class NotesController {
  /** Where notes are pasted, and what was proposed from earlier ones. */
  async create({ htmx, project, viewer }: HttpContext) {
    return htmx.page('pages/assistant/notes', await notesState(project, viewer))
  }

  async store({ project, request, response, viewer }: HttpContext) {
    const { question } = await request.validateUsing(readNotes)
    const { interaction, run } = await draftFromNotes(request, project, viewer, question)
    run.afterCommit()
    return response
      .redirect()
      .status(303)
      .toPath(`/projects/${project.id}/assistant/questions/${interaction.id}`)
  }
}
