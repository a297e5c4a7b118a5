import type Project from '#models/project'
import { today } from '#models/raid_item'
import { taskRef } from '#models/task'
import type { TaskRow } from '#models/task/list'
import { isTaskSettled } from '#models/task/states'

/** One row as tables and cards show it. */
export function taskRowState(row: TaskRow, project: Project | null) {
  return {
    id: row.id,
    base: `/projects/${row.project_id}/tasks`,
    ref: taskRef(row.project_code, row.number),
    title: row.title,
    note: [project ? null : row.project_name, row.blocked_reason].filter(Boolean).join(' · '),
    status: row.status,
    priority: row.priority,
    assigneeName: row.assignee_name ?? 'A former member',
    isExternal: row.external_resource_id !== null,
    dueOn: row.due_on,
    isOverdue: row.due_on !== null && row.due_on < today() && !isTaskSettled(row.status),
    lockVersion: row.lock_version,
  }
}
