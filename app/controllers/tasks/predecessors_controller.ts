import type { HttpContext } from '@adonisjs/core/http'
import Task from '#models/task'
import TaskPredecessor from '#models/task_predecessor'
import { taskRefIn } from '#models/task/refs'
import { refuse } from '#models/violation'
import TaskPolicy from '#policies/task_policy'
import { storePredecessor } from '#validators/task'

export default class PredecessorsController {
  /** Makes a task wait for another in its project, named by its ref. */
  async store({ bouncer, params, project, request, response, session, viewer }: HttpContext) {
    const task = await Task.findVisible(project, viewer, params.id)
    await bouncer.with(TaskPolicy).authorize('update', task, project)
    const { ref } = await request.validateUsing(storePredecessor)
    const other = await Task.findByRef(project, viewer, taskRefIn(ref))
    if (!other) refuse('ref', `There is no ${ref} in this project that you can see`)
    await TaskPredecessor.join(task, other)
    session.flash('success', `${task.ref} now waits for ${other.ref}.`)
    return response.seeOther(`/projects/${project.id}/tasks/${task.id}`)
  }

  async destroy({ bouncer, params, project, response, session, viewer }: HttpContext) {
    const task = await Task.findVisible(project, viewer, params.id)
    await bouncer.with(TaskPolicy).authorize('update', task, project)
    const link = await TaskPredecessor.findOf(task, params.predecessor_id)
    await link.sever(task)
    session.flash('success', 'The task no longer waits for it.')
    return response.seeOther(`/projects/${project.id}/tasks/${task.id}`)
  }
}
