import type { Viewer } from '#identity/viewer'
import type Project from '#models/project'
import { CARDS, type TaskList } from '#models/task/list'
import type { TaskFilters } from '#models/task/list_filters'
import type { TaskRow } from '#models/task/list_row'
import { isTaskSettled, nextTaskStatuses, taskStatuses, type TaskStatus } from '#models/task/states'
import { taskRowState } from '#pages/tasks/row'
import { mayMoveRow } from '#policies/task_policy'

/** The board: a column for each status, with its first cards. */
export async function boardState(
  list: TaskList,
  viewer: Viewer,
  project: Project,
  link: (changes: Partial<TaskFilters>) => string
) {
  const cards = await list.board()
  return (Object.keys(taskStatuses) as TaskStatus[]).map((status) => {
    const rows = cards.get(status) ?? []
    const shown = rows.slice(0, CARDS)
    return {
      status,
      count: rows.length > CARDS ? `${CARDS}+` : String(rows.length),
      more: rows.length > CARDS ? link({ view: 'list', status }) : null,
      tasks: shown.map((row) => cardState(row, viewer, project)),
    }
  })
}

function cardState(row: TaskRow, viewer: Viewer, project: Project) {
  const mayMove = mayMoveRow(viewer, project, row)
  return {
    ...taskRowState(row, project),
    // A settled task is no longer due.
    dueOn: isTaskSettled(row.status) ? null : row.due_on,
    completedOn: row.completed_on,
    transitions: mayMove ? nextTaskStatuses(row.status) : [],
  }
}
