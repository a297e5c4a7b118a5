import type { HttpContext } from '@adonisjs/core/http'
import AiProposal from '#models/ai_proposal'
import { assumptionState } from '#pages/assistant/assumption_page'

export default class AssumptionsController {
  /** One assumption that needs attention, and what can be done about it. */
  async show({ htmx, params, project, viewer }: HttpContext) {
    const proposal = await AiProposal.findOpen(project, viewer, 'assumption', params.id)
    const state = await assumptionState(project, viewer, proposal)
    return htmx.page('pages/assistant/assumption', state)
  }
}
