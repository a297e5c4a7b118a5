import string from '@adonisjs/core/helpers/string'
import type { HttpContext } from '@adonisjs/core/http'
import Task from '#models/task'
import { assigneeById } from '#models/task/assignees'
import { refuse } from '#models/violation'
import TaskPolicy from '#policies/task_policy'
import { taskFields } from '#validators/task'

/** The validated fields of a task's form as attributes; the assignee must be one whom the form offers. */
export async function taskInput({ project, request, viewer }: HttpContext, present?: Task) {
  const { assignee: id, ...fields } = await request.validateUsing(taskFields)
  const outside = viewer.can('task.update', project)
  const assignee = await assigneeById(project, id, { outside, kept: present })
  if (!assignee) refuse('assignee', 'Choose someone who may see this project')
  const attributes = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [string.camelCase(name), value])
  return { ...Object.fromEntries(attributes), ...assignee } as Partial<Task>
}

/** The task of an address, if the viewer may say how far it is. Its checklist belongs to that. */
export async function taskToMove({ bouncer, params, project, viewer }: HttpContext) {
  const task = await Task.findVisible(project, viewer, params.id)
  await bouncer.with(TaskPolicy).authorize('move', task, project)
  return task
}

export function toChecklist({ project, response }: HttpContext, task: Task) {
  const page = `/projects/${project.id}/tasks/${task.id}`
  return response.redirect().status(303).toPath(`${page}#checklist`)
}
