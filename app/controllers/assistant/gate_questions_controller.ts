import type { HttpContext } from '@adonisjs/core/http'
import AiProposal from '#models/ai_proposal'
import { gateQuestionState } from '#pages/assistant/gate_challenge_page'

export default class GateQuestionsController {
  /** One question about a gate, and what it can be turned into. */
  async show({ htmx, params, project, viewer }: HttpContext) {
    const proposal = await AiProposal.findOpen(project, viewer, 'gate_question', params.id)
    const state = await gateQuestionState(project, viewer, proposal)
    return htmx.page('pages/assistant/gate_question', state)
  }
}
