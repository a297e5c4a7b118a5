import type { HttpContext } from '@adonisjs/core/http'
import { assigneeInput } from '#controllers/tasks/input'
import { localPath } from '#identity/local_path'
import Task from '#models/task'
import TaskPolicy from '#policies/task_policy'
import { updateTaskRow } from '#validators/task'

export default class RowsController {
  /** Changes what can be edited in the list: status, assignee, priority and due date. */
  async update(ctx: HttpContext) {
    const { bouncer, params, project, request, response, session, viewer } = ctx
    const task = await Task.findVisible(project, viewer, params.id)
    await bouncer.with(TaskPolicy).authorize('update', task, project)
    const given = await request.validateUsing(updateTaskRow)
    const assignee = await assigneeInput(given.assignee, ctx, task)
    const { status, reason, priority, due_on: dueOn = null, lock_version: version } = given
    await task.reviseRow({ ...assignee, priority, dueOn }, { status, reason, lockVersion: version })
    session.flash('success', `${task.ref} was saved.`)
    const list = localPath(request.input('return_to'), `/projects/${project.id}/tasks`)
    return response.seeOther(list)
  }
}
