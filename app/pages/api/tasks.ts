import type { Viewer } from '#identity/viewer'
import type Project from '#models/project'
import type Task from '#models/task'
import { placesOf } from '#models/task/places'
import TaskAttachment from '#models/task_attachment'
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

/** A file of a task. Its bytes are downloaded from the page of the task. */
const attachmentShape: Shape = {
  ...a.id('id'),
  ...a.text('name'),
  ...a.text('media_type'),
  ...a.whole('size'),
  ...a.text('sha256'),
  ...a.idOrNull('added_by', (file) => file.addedBy ?? file.addedByExternalId),
  ...a.momentOf('created_at'),
}

/** A task that is to be finished before. */
const earlierShape: Shape = { ...a.id('id'), ...a.text('ref') }

/** The writable fields of a task. */
const writable: Shape = {
  ...a.text('title'),
  ...a.textOrNull('description'),
  ...a.idOrNull('assignee', assignee),
  ...a.oneOf('priority', taskPriorities),
  ...a.dayOrNull('start_on'),
  ...a.dayOrNull('due_on'),
}

/** A task in the API. */
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
  ...a.listOf('waits_for', earlierShape, (task) => extrasOf(task).places?.waitsFor),
  ...a.listOf('attachments', attachmentShape, (task) => extrasOf(task).attachments),
  ...a.momentOf('created_at'),
  ...a.momentOf('updated_at'),
  ...a.whole('lock_version'),
}

/** A task in the API, with its files and predecessors. */
export async function tellTask(
  record: Task,
  { project, viewer }: { project: Project; viewer: Viewer }
) {
  const placed = { id: record.id, project_code: project.code }
  const [places] = await Promise.all([placesOf([placed], viewer, project), bringFiles([record])])
  extrasOf(record).places = places.get(record.id)
  return represent(taskShape, record)
}

/** Adds the files of tasks, with one query for all. */
async function bringFiles(records: { id: string }[]) {
  const files = await TaskAttachment.among(records)
  const byTask = Map.groupBy(files, ({ taskId }) => taskId)
  for (const task of records) extrasOf(task).attachments = byTask.get(task.id) ?? []
}

/** Models keep what is not a column separately; rows of lists do not. */
function extrasOf(task: any) {
  return task.$extras ?? task
}

/** The writable fields of a task, as the form sends them: a partial change is merged into them. */
export function writableTask(record: Task) {
  return represent(writable, record)
}

/** One page of the visible tasks, in a project or in all. */
export async function tasks(
  viewer: Viewer,
  query: Record<string, unknown>,
  project: Project | null
) {
  const list = new TaskList(viewer, readTaskFilters(filtersOf(query)), project).whole()
  const page = await list.page()
  const [places] = await Promise.all([
    placesOf(page.rows, viewer, project ?? undefined),
    bringFiles(page.rows),
  ])
  for (const row of page.rows) row.places = places.get(row.id)
  return listAnswer(() => taskShape, page)
}
