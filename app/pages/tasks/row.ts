import type Project from '#models/project'
import { today } from '#models/days'
import type { TaskRow } from '#models/task/list_row'
import { taskRef } from '#models/task/refs'
import { isTaskSettled } from '#models/task/states'

/** One row for tables and cards. */
export function taskRowState(row: TaskRow, project: Project | null) {
  return {
    id: row.id,
    base: `/projects/${row.project_id}/tasks`,
    ref: taskRef(row.project_code, row.number),
    title: row.title,
    note: notesOn(row, project).join(' · '),
    parts: row.parts.of > 0 ? row.parts : null,
    status: row.status,
    priority: row.priority,
    assigneeName: row.assignee_name ?? 'A former member',
    isExternal: row.external_resource_id !== null,
    dueOn: row.due_on,
    isOverdue: row.due_on !== null && row.due_on < today() && !isTaskSettled(row.status),
    lockVersion: row.lock_version,
    number: row.number,
    assignee: row.assignee_id ?? row.external_resource_id,
    blockedReason: row.blocked_reason,
  }
}

function notesOn(row: TaskRow, project: Project | null) {
  const notes = [
    project ? null : row.project_name,
    row.parent_number && `Part of ${taskRef(row.project_code, row.parent_number)}`,
    row.parts.of > 0 && `${row.parts.done} of ${row.parts.of} subtasks done`,
    row.blocked_reason,
  ]
  return notes.filter(Boolean)
}
