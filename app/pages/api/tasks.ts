import type { Viewer } from '#identity/viewer'
import type Project from '#models/project'
import type Task from '#models/task'
import { taskPriorities } from '#models/task/enumerations'
import { TaskList } from '#models/task/list'
import { readTaskFilters } from '#models/task/list_filters'
import { taskStatuses } from '#models/task/states'
import { filtersOf, listAnswer } from '#pages/api/paging'
import * as a from '#pages/api/shape'
import { represent, type Shape } from '#pages/api/shape'

const SOURCES = { none: 1, raid_item: 1, gate_condition: 1, report: 1 }

const assignee = (task: any) =>
  a.column('assignee_id')(task) ?? a.column('external_resource_id')(task)

/** What can be written of a task. */
const writable: Shape = {
  ...a.text('title'),
  ...a.textOrNull('description'),
  ...a.idOrNull('assignee', assignee),
  ...a.oneOf('priority', taskPriorities),
  ...a.dayOrNull('start_on'),
  ...a.dayOrNull('due_on'),
}

/** A task as the API tells it. */
export const taskShape: Shape = {
  ...a.id('id'),
  ...a.text('ref', (task) => task.ref ?? `${task.project_code}-T${task.number}`),
  ...a.id('project_id'),
  ...a.oneOf('status', taskStatuses),
  ...writable,
  ...a.textOrNull('blocked_reason'),
  ...a.dayOrNull('completed_on'),
  ...a.idOrNull('parent_id'),
  ...a.oneOf('source_kind', SOURCES),
  ...a.idOrNull('raid_item_id'),
  ...a.idOrNull('created_by'),
  ...a.momentOf('created_at'),
  ...a.momentOf('updated_at'),
  ...a.whole('lock_version'),
}

export function tellTask(record: Task) {
  return represent(taskShape, record)
}

/** What of a task may be written, as the form sends it: a change in part is laid over it. */
export function writableTask(record: Task) {
  return represent(writable, record)
}

/** One page of the tasks that the viewer may see, in a project or in all. */
export async function tasks(
  viewer: Viewer,
  query: Record<string, unknown>,
  project: Project | null
) {
  const list = new TaskList(viewer, readTaskFilters(filtersOf(query)), project).whole()
  return listAnswer(() => taskShape, await list.page())
}
