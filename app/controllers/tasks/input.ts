import type { HttpContext } from '@adonisjs/core/http'
import { toAttributes } from '#controllers/attributes'
import ChecklistItem from '#models/checklist_item'
import Task from '#models/task'
import { assigneeById } from '#models/task/assignees'
import { refuse } from '#models/violation'
import TaskPolicy from '#policies/task_policy'
import { taskFields } from '#validators/task'

/** The validated fields of a task's form as attributes; the assignee must be one that the form offers. */
export async function taskInput(ctx: HttpContext, present?: Task) {
  const { assignee: id, ...fields } = await ctx.request.validateUsing(taskFields)
  const assignee = await assigneeInput(id, ctx, present)
  return { ...toAttributes<Partial<Task>>(fields), ...assignee }
}

/** The person with this id in the form; refused if they cannot be given tasks here. */
export async function assigneeInput(
  id: string,
  { project, viewer }: Pick<HttpContext, 'project' | 'viewer'>,
  present?: Task
) {
  const outside = viewer.can('task.update', project)
  const assignee = await assigneeById(project, id, { outside, kept: present })
  if (!assignee) refuse('assignee', 'Choose someone who can see this project')
  return { assigneeId: assignee.assigneeId, externalResourceId: assignee.externalResourceId }
}

/** Anyone who may update a task's status also keeps its checklist. */
export function authorizeMove(task: Task, { bouncer, project }: HttpContext) {
  return bouncer.with(TaskPolicy).authorize('move', task, project)
}

/** The step in the address, if the viewer may update the task's status. */
export async function stepOf(ctx: HttpContext) {
  const task = await Task.findVisible(ctx.project, ctx.viewer, ctx.params.id)
  const step = await ChecklistItem.findIn(task, ctx.params.item_id)
  await authorizeMove(task, ctx)
  return step
}

/** Returns to the checklist on the page of its task. */
export function toChecklist({ params, project, response }: HttpContext) {
  const page = `/projects/${project.id}/tasks/${params.id}`
  return response.seeOther(`${page}#checklist`)
}
