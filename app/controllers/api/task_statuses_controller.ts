import type { HttpContext } from '@adonisjs/core/http'
import { answerRecord, layOver } from '#controllers/api/answers'
import Task from '#models/task'
import { tellTask as told } from '#pages/api/tasks'
import TaskPolicy from '#policies/task_policy'
import { moveTask } from '#validators/task'

export default class TaskStatusesController {
  /** Moves a task along its state machine. A blocked task says what is holding it up. */
  async update(ctx: HttpContext) {
    const { bouncer, params, project, request, viewer } = ctx
    const task = await Task.findVisible(project, viewer, params.id)
    await bouncer.with(TaskPolicy).authorize('move', task, project)
    layOver(ctx, {}, task)
    const { status, reason, lock_version: version } = await request.validateUsing(moveTask)
    await task.move(status, { reason, lockVersion: version })
    return answerRecord(ctx, await told(task, ctx), task)
  }
}
