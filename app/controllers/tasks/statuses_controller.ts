import type { HttpContext } from '@adonisjs/core/http'
import { previousPath } from '#identity/local_path'
import Task from '#models/task'
import { taskStatuses } from '#models/task/states'
import TaskPolicy from '#policies/task_policy'
import { moveTask } from '#validators/task'

export default class StatusesController {
  /** Moves a task along its state machine. A blocked task says what is holding it up. */
  async update(ctx: HttpContext) {
    const { bouncer, params, project, request, response, session, viewer } = ctx
    const task = await Task.findVisible(project, viewer, params.id)
    await bouncer.with(TaskPolicy).authorize('move', task, project)
    const { status, reason, lock_version: version } = await request.validateUsing(moveTask)
    await task.move(status, { reason, lockVersion: version })
    session.flash('success', `${task.ref} is now ${taskStatuses[status].toLowerCase()}.`)
    // The board keeps its filters in its address, which `back()` would cut off.
    const page = `/projects/${project.id}/tasks/${task.id}`
    return response.seeOther(previousPath(ctx, page))
  }
}
