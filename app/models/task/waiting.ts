import type { Viewer } from '#identity/viewer'
import type Project from '#models/project'
import type Task from '#models/task'
import { isTaskSettled, type TaskStatus } from '#models/task/states'
import { visibleTasks } from '#models/task/visibility'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A task that another waits for, or that waits for another. */
export type LinkedTask = {
  /** The id of the link between the two. */
  link_id: string
  side: 'before' | 'after'
  id: string
  number: number
  title: string
  status: TaskStatus
  due_on: string | null
}

/** A task's predecessors and the tasks that wait for it, as far as the viewer may see them. */
export function linkedTasks(task: Task, viewer: Viewer, project: Project): Promise<LinkedTask[]> {
  const [visible, values] = visibleTasks(viewer, project)
  const { trx, organisationId } = Tenancy.current()
  return read<LinkedTask>(
    trx,
    `select links.id as link_id, links.side, tasks.id, tasks.number, tasks.title, tasks.status, tasks.due_on
     from (
       select organisation_id, id, 'before' as side, predecessor_id as other
         from task_predecessors where organisation_id = ? and task_id = ?
       union all
       select organisation_id, id, 'after', task_id
         from task_predecessors where organisation_id = ? and predecessor_id = ?
     ) links
     join tasks on tasks.organisation_id = links.organisation_id and tasks.id = links.other
     where ${visible} order by tasks.number`,
    [organisationId, task.id, organisationId, task.id, ...values]
  )
}

/** The predecessors that a task has overtaken: by starting, or by its dates. */
export function overtaken(task: Task, before: LinkedTask[]): LinkedTask[] {
  const open = before.filter(({ status }) => !isTaskSettled(status))
  if (task.status === 'in_progress' || task.status === 'done') return open
  if (task.isSettled) return []
  return open.filter(({ due_on: dueOn }) => dueOn && task.startOn && task.startOn <= dueOn)
}
