import type { HttpContext } from '@adonisjs/core/http'
import { added } from '#controllers/adding'
import { orCompare } from '#controllers/saving'
import { taskInput } from '#controllers/tasks/input'
import { begunFrom, origin, placesAround } from '#controllers/tasks/origins'
import Task from '#models/task'
import { readTaskFilters } from '#models/task/list_filters'
import { taskComparison } from '#pages/tasks/comparison'
import { taskFormState } from '#pages/tasks/form_page'
import { taskListState } from '#pages/tasks/list_page'
import { taskState } from '#pages/tasks/task_page'
import TaskPolicy from '#policies/task_policy'
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
    const attributes = await taskInput(ctx)
    const begun = await origin(ctx)
    const task = await Task.add(ctx.project, { ...attributes, ...begun })
    const { form, from } = placesAround(begun, ctx.project)
    const list = `/projects/${ctx.project.id}/tasks`
    const { id, ref, title } = task
    return added(ctx, { id, ref, title, list, form, from })
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

  /** Saves an edit; if someone else saved first, shows both versions and keeps what was typed. */
  async update(ctx: HttpContext) {
    const { bouncer, params, project, request, response, session, viewer } = ctx
    const task = await Task.findVisible(project, viewer, params.id)
    await bouncer.with(TaskPolicy).authorize('update', task, project)
    const page = `/projects/${project.id}/tasks/${task.id}`
    // The person who was first may also have reassigned it, and so put it out of the viewer's sight.
    const compare = async ({ id }: Task) => {
      const present = await Task.findVisible(project, viewer, id)
      return taskComparison(present, await taskInput(ctx, present))
    }
    return orCompare(ctx, { page: `${page}/edit`, compare }, async () => {
      const changes = await taskInput(ctx, task)
      const { lock_version: version } = await request.validateUsing(lockVersion)
      await task.revise(changes, version)
      session.flash('success', `${task.ref} was saved.`)
      return response.seeOther(page)
    })
  }
}
