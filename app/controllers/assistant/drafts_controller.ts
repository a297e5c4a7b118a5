import type { HttpContext } from '@adonisjs/core/http'
import AiProposal from '#models/ai_proposal'
import { draftState } from '#pages/assistant/notes_page'

export default class DraftsController {
  async show({ htmx, params, project, viewer }: HttpContext) {
    const proposal = await AiProposal.findOpen(project, viewer, 'entry', params.id)
    return htmx.page('pages/assistant/draft', await draftState(project, viewer, proposal))
  }
}
