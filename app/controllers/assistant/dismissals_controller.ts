import type { HttpContext } from '@adonisjs/core/http'
import AiProposal from '#models/ai_proposal'
import { refuse } from '#models/violation'
import { pageOfProposal } from '#pages/assistant/kinds'

export default class DismissalsController {
  async store({ params, project, response, session, viewer }: HttpContext) {
    const proposal = await AiProposal.findOwn(project, viewer, params.id)
    if (!proposal.isOpen) refuse('proposal', 'You have already answered this proposal')
    await proposal.dismiss()
    session.flash('success', 'The proposal was dismissed.')
    const action = `/projects/${project.id}/assistant/drafts/${proposal.id}/reopening`
    session.flash('undo', { action, fields: {} })
    return response.seeOther(await pageOfProposal(proposal))
  }
}
