import type { Viewer } from '#identity/viewer'
import { encodeCursor } from '#models/keyset'
import type Project from '#models/project'
import { textOf } from '#models/raid/list_filters'
import { today } from '#models/raid_item'
import { taskRef } from '#models/task'
import { listTasks, type TaskRow } from '#models/task/list'
import { isTaskSettled } from '#models/task/states'

/** What the list of a project's tasks shows. */
export async function taskListState(
  viewer: Viewer,
  project: Project,
  query: Record<string, unknown>
) {
  const position = { after: textOf(query, 'after'), before: textOf(query, 'before') }
  const page = await listTasks(viewer, project, position)
  const base = `/projects/${project.id}/tasks`
  return {
    tasks: page.rows.map((row) => taskRowState(row, project)),
    summary: `${page.rows.length} shown`,
    previous: page.previous && `${base}?before=${encodeCursor(page.previous)}`,
    next: page.next && `${base}?after=${encodeCursor(page.next)}`,
  }
}

/** One row as tables and cards show it. */
export function taskRowState(row: TaskRow, project: Project) {
  return {
    id: row.id,
    ref: taskRef(project.code, row.number),
    title: row.title,
    status: row.status,
    priority: row.priority,
    assigneeName: row.assignee_name ?? 'A former member',
    isExternal: row.external_resource_id !== null,
    dueOn: row.due_on,
    isOverdue: row.due_on !== null && row.due_on < today() && !isTaskSettled(row.status),
  }
}
