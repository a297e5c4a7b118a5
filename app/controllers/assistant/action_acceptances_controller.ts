import type { HttpContext } from '@adonisjs/core/http'
import { actionIn, holdAsRead } from '#controllers/assistant/proposed'
import { taskInput } from '#controllers/tasks/input'
import Task from '#models/task'
import { obstacleOf } from '#pages/assistant/actions_page'
import { refuse } from '#models/violation'
import { isEdited } from '#pages/assistant/proposals'
import { pageOfProposal } from '#pages/assistant/kinds'
import Tenancy from '#tenancy/tenancy'
import { versionRead } from '#validators/assistant'

export default class ActionAcceptancesController {
  /** Adds the proposal as the person left it in the form: a task like any other of theirs. */
  async store(ctx: HttpContext) {
    const { project, request, response, session } = ctx
    const { proposal, item } = await actionIn(ctx)
    const attributes = await taskInput(ctx)
    const { version } = await request.validateUsing(versionRead)
    await holdAsRead(item, version)
    if (item.isSettled) refuse('version', obstacleOf(item)!)
    Tenancy.withAssistant()
    const task = await Task.add(project, { ...attributes, raidItemId: item.id })
    await proposal.accept({ taskId: task.id }, { isEdited: await isEdited(proposal, attributes) })
    session.flash('success', `${task.ref} was added as an action for ${item.ref}.`)
    return response.seeOther(await pageOfProposal(proposal))
  }
}
