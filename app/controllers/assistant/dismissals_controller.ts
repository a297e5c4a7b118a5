import type { HttpContext } from '@adonisjs/core/http'
import AiProposal from '#models/ai_proposal'

export default class DismissalsController {
  async store({ params, project, response, session, viewer }: HttpContext) {
    const proposal = await AiProposal.findOpen(project, viewer, params.id)
    await proposal.dismiss()
    session.flash('success', 'The proposal was dismissed.')
    return response.redirect().status(303).toPath(`/projects/${project.id}/assistant/notes`)
  }
}
