import type { HttpContext } from '@adonisjs/core/http'
import AiProposal from '#models/ai_proposal'
import { refuse } from '#models/violation'
import { pageOfProposal } from '#pages/assistant/kinds'

export default class ReopeningsController {
  /** Puts a dismissed proposal back among those awaiting an answer. */
  async store({ params, project, response, session, viewer }: HttpContext) {
    const proposal = await AiProposal.findOwn(project, viewer, params.id)
    if (!proposal.isReopenable) refuse('proposal', 'You cannot restore this proposal')
    await proposal.reopen()
    session.flash('success', 'The proposal was restored.')
    return response.seeOther(await pageOfProposal(proposal))
  }
}
