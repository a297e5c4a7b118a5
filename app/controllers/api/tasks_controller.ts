import type { HttpContext } from '@adonisjs/core/http'
import {
  answerCreated,
  answerList,
  answerRecord,
  layOver,
  refuseStatus,
} from '#controllers/api/answers'
import { refuseUnknownFields } from '#controllers/api/body'
import { queryOf } from '#controllers/api/query'
import { taskInput } from '#controllers/tasks/input'
import { origin } from '#controllers/tasks/origins'
import Task from '#models/task'
import { tellTask as told, tasks, writableTask } from '#pages/api/tasks'
import TaskPolicy from '#policies/task_policy'
import { lockVersion } from '#validators/lock_version'

export default class TasksController {
  /** Tasks of the project in the address, or of every one that the viewer may see. */
  async index(ctx: HttpContext) {
    return answerList(ctx, await tasks(ctx.viewer, queryOf(ctx), ctx.project ?? null))
  }

  async store(ctx: HttpContext) {
    refuseUnknownFields(ctx)
    const attributes = await taskInput(ctx)
    const task = await Task.add(ctx.project, { ...attributes, ...(await origin(ctx)) })
    const path = `/api/v1/projects/${ctx.project.id}/tasks/${task.id}`
    return answerCreated(ctx, path, await told(task, ctx), task)
  }

  async show(ctx: HttpContext) {
    const task = await Task.findVisible(ctx.project, ctx.viewer, ctx.params.id)
    return answerRecord(ctx, await told(task, ctx), task)
  }

  async update(ctx: HttpContext) {
    const { bouncer, params, project, request, viewer } = ctx
    const task = await Task.findVisible(project, viewer, params.id)
    await bouncer.with(TaskPolicy).authorize('update', task, project)
    refuseStatus(ctx, task)
    layOver(ctx, writableTask(task), task)
    const changes = await taskInput(ctx, task)
    const { lock_version: version } = await request.validateUsing(lockVersion)
    await task.revise(changes, version)
    return answerRecord(ctx, await told(task, ctx), task)
  }
}
