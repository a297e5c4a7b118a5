import type { HttpContext } from '@adonisjs/core/http'
import { taskInput } from '#controllers/tasks/input'
import AiProposal from '#models/ai_proposal'
import Task from '#models/task'
import { pageOfProposal } from '#pages/assistant/kinds'
import Tenancy from '#tenancy/tenancy'

export default class QuestionTasksController {
  /** Turns a question about a gate into a task, as the person left it in the form: one like any other of theirs. */
  async store(ctx: HttpContext) {
    const { params, project, response, session, viewer } = ctx
    const proposal = await AiProposal.findOpen(project, viewer, 'gate_question', params.id)
    const attributes = await taskInput(ctx)
    Tenancy.withAssistant()
    const task = await Task.add(project, attributes)
    await proposal.accept({ taskId: task.id }, { isEdited: false })
    session.flash('success', `${task.ref} was added.`)
    return response.seeOther(await pageOfProposal(proposal))
  }
}
