import { loadOf, type WorkSource } from '#models/my_work/item'
import { visibleProjects } from '#models/project/visibility'
import { taskRef } from '#models/task/refs'
import { IS_OPEN_TASK, type TaskStatus } from '#models/task/states'
import { Conditions } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Row = {
  id: string
  project_id: string
  code: string
  project_name: string
  number: number
  title: string
  status: TaskStatus
  due_on: string | null
  lock_version: number
  total: number
}

/** The viewer's open tasks, those without a date last. A condition is listed instead of the task that it leads. */
export const myTasks: WorkSource = async (viewer, _, most) => {
  const { trx, organisationId } = Tenancy.current()
  const conditions = new Conditions()
    .add('tasks.organisation_id = ?', organisationId)
    .add('tasks.assignee_id = ?', viewer.membershipId)
    .add(IS_OPEN_TASK)
    .add('tasks.gate_condition_id is null')
    .meet(visibleProjects(viewer))
  const rows = await read<Row>(
    trx,
    `select tasks.id, tasks.project_id, projects.code, projects.name as project_name, tasks.number,
            tasks.title, tasks.status, tasks.due_on, tasks.lock_version,
            count(*) over ()::integer as total
       from tasks
       join projects on projects.organisation_id = tasks.organisation_id
        and projects.id = tasks.project_id
      where ${conditions.text} order by tasks.due_on, tasks.id limit ?`,
    [...conditions.values, most]
  )
  return loadOf(rows, toItem)
}

function toItem(row: Row) {
  return {
    id: row.id,
    what: 'Task',
    icon: 'task',
    ref: taskRef(row.code, row.number),
    title: row.title,
    href: `/projects/${row.project_id}/tasks/${row.id}`,
    projectName: row.project_name,
    dueOn: row.due_on,
    task: { projectId: row.project_id, status: row.status, lockVersion: row.lock_version },
  }
}
