import type { HttpContext } from '@adonisjs/core/http'
import { taskInput } from '#controllers/tasks/input'
import { begunFrom, origin } from '#controllers/tasks/origins'
import { StaleRecord } from '#models/stale_record'
import Task from '#models/task'
import { readTaskFilters } from '#models/task/list_filters'
import { taskConflictState } from '#pages/task_conflict_page'
import { taskFormState } from '#pages/task_form_page'
import { taskListState } from '#pages/task_list_page'
import { taskState } from '#pages/task_page'
import TaskPolicy from '#policies/task_policy'
import Tenancy from '#tenancy/tenancy'
import { lockVersion } from '#validators/lock_version'

export default class TasksController {
  async index({ htmx, project, request, viewer }: HttpContext) {
    const list = await taskListState(viewer, readTaskFilters(request.qs()), project)
    const can = {
      create: viewer.can('task.create', project),
      import: viewer.can('raid.import', project),
    }
    return htmx.page('pages/tasks/index', { list, can })
  }

  async create({ htmx, project, request, viewer }: HttpContext) {
    const record = await begunFrom(request.qs(), { project, viewer })
    return htmx.page('pages/tasks/create', await taskFormState(viewer, project, record))
  }

  async store(ctx: HttpContext) {
    const { project, response, session } = ctx
    const attributes = await taskInput(ctx)
    const task = await Task.add(project, { ...attributes, ...(await origin(ctx)) })
    session.flash('success', `${task.ref} was added.`)
    return response.redirect().status(303).toPath(`/projects/${project.id}/tasks/${task.id}`)
  }

  async show({ htmx, params, project, request, viewer }: HttpContext) {
    const task = await Task.findVisible(project, viewer, params.id)
    const allComments = request.qs().comments === 'all'
    return htmx.page('pages/tasks/show', await taskState(viewer, project, task, { allComments }))
  }

  async edit({ bouncer, htmx, params, project, viewer }: HttpContext) {
    const task = await Task.findVisible(project, viewer, params.id)
    await bouncer.with(TaskPolicy).authorize('update', task, project)
    return htmx.page('pages/tasks/edit', await taskFormState(viewer, project, task))
  }

  /** Saves an edit; where someone else saved first, shows both versions and keeps what was typed. */
  async update(ctx: HttpContext) {
    const { bouncer, params, project, request, response, session, viewer } = ctx
    const task = await Task.findVisible(project, viewer, params.id)
    await bouncer.with(TaskPolicy).authorize('update', task, project)
    const page = `/projects/${project.id}/tasks/${task.id}`
    try {
      const changes = await taskInput(ctx, task)
      const { lock_version: version } = await request.validateUsing(lockVersion)
      await task.revise(changes, version)
    } catch (error: any) {
      if (error instanceof StaleRecord) return conflict(error.present as Task, ctx)
      if (error.code !== 'E_VALIDATION_ERROR') throw error
      Tenancy.fail(error)
      // The page of two versions has no address of its own to go back to.
      session.flashValidationErrors(error)
      return response.redirect().status(303).toPath(`${page}/edit`)
    }
    session.flash('success', `${task.ref} was saved.`)
    return response.redirect().status(303).toPath(page)
  }
}

async function conflict(present: Task, ctx: HttpContext) {
  const { htmx, request, response, viewer } = ctx
  const mine = await taskInput(ctx, present)
  const state = await taskConflictState(present, mine, request.input('base'), viewer)
  response.status(409)
  htmx.answerWhole()
  return htmx.page('pages/tasks/conflict', state)
}
