import type { HttpContext } from '@adonisjs/core/http'
import { taskInput } from '#controllers/tasks/input'
import RaidItem from '#models/raid_item'
import { StaleRecord } from '#models/stale_record'
import Task from '#models/task'
import { readTaskFilters } from '#models/task/list_filters'
import { refuse } from '#models/violation'
import { taskConflictState } from '#pages/task_conflict_page'
import { taskFormState } from '#pages/task_form_page'
import { taskListState } from '#pages/task_list_page'
import { taskState } from '#pages/task_page'
import TaskPolicy from '#policies/task_policy'
import Tenancy from '#tenancy/tenancy'
import { lockVersion } from '#validators/raid_item'
import { taskSource } from '#validators/task'
import { validate as isUuid } from 'uuid'

export default class TasksController {
  async index({ htmx, project, request, viewer }: HttpContext) {
    const list = await taskListState(viewer, readTaskFilters(request.qs()), project)
    const can = { create: viewer.can('task.create', project) }
    return htmx.page('pages/tasks/index', { list, can })
  }

  async create({ htmx, project, request, viewer }: HttpContext) {
    const source = await sourceOf(request.qs().raid_item_id, { project, viewer })
    const record = { assigneeId: viewer.membershipId, externalResourceId: null, source }
    return htmx.page('pages/tasks/create', await taskFormState(viewer, project, record))
  }

  async store(ctx: HttpContext) {
    const { project, request, response, session } = ctx
    const attributes = await taskInput(ctx)
    const { raid_item_id: sourceId } = await request.validateUsing(taskSource)
    const source = await sourceOf(sourceId, ctx)
    if (sourceId && !source) refuse('raid_item_id', 'That RAID entry is not one you can see')
    const task = await Task.add(project, { ...attributes, raidItemId: source?.id ?? null })
    session.flash('success', `${task.ref} was added.`)
    return response.redirect().status(303).toPath(`/projects/${project.id}/tasks/${task.id}`)
  }

  async show({ htmx, params, project, viewer }: HttpContext) {
    const task = await Task.findVisible(project, viewer, params.id)
    return htmx.page('pages/tasks/show', await taskState(viewer, project, task))
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

async function sourceOf(id: unknown, { project, viewer }: Pick<HttpContext, 'project' | 'viewer'>) {
  if (!isUuid(id)) return null
  const item = await RaidItem.visibleIn(project, viewer)
    .where('raid_items.id', id as string)
    .first()
  return item?.refersTo(project) ?? null
}

async function conflict(present: Task, ctx: HttpContext) {
  const { htmx, request, response, viewer } = ctx
  const mine = await taskInput(ctx, present)
  const state = await taskConflictState(present, mine, request.input('base'), viewer)
  response.status(409)
  htmx.answerWhole()
  return htmx.page('pages/tasks/conflict', state)
}
