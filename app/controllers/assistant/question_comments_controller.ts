import type { HttpContext } from '@adonisjs/core/http'
import AiProposal from '#models/ai_proposal'
import Comment from '#models/comment'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import { refuse } from '#models/violation'
import { basisOf, commentable } from '#pages/assistant/gate_challenge_page'
import { pageOfProposal } from '#pages/assistant/kinds'
import { readProposal } from '#pages/assistant/latest'
import Tenancy from '#tenancy/tenancy'
import { answerByComment } from '#validators/assistant'

export default class QuestionCommentsController {
  /** Adds a question about a gate, as the person left it, to a record it relies on, as their comment. */
  async store({ params, project, request, response, session, viewer }: HttpContext) {
    const proposal = await AiProposal.findOpen(project, viewer, 'gate_question', params.id)
    const { on: ref, body } = await request.validateUsing(answerByComment)
    const { asked, content, links } = await readProposal(project, viewer, proposal)
    const offered = commentable(asked.contextManifest!, basisOf(content.basis, links))
    const record = offered.find((one) => one.ref === ref)
    if (!record) refuse('on', 'Choose a record that the question is based on')
    const kept = record.kind === 'task' ? Task : RaidItem
    const on = await kept.findVisible(project, viewer, record.id)
    Tenancy.withAssistant()
    await Comment.add(on, project, body)
    await proposal.accept({}, { isEdited: !body.startsWith(String(content.question)) })
    session.flash('success', `The comment was added to ${on.ref}.`)
    return response.seeOther(await pageOfProposal(proposal))
  }
}
