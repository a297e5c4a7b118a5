import { inBatches, ROWS_PER_BATCH } from '#exports/batches'
import type { Column, ExportedList } from '#exports/list'
import { withholdNames } from '#exports/withheld'
import type { Viewer } from '#identity/viewer'
import type Project from '#models/project'
import { taskPriorities } from '#models/task/enumerations'
import { TaskList } from '#models/task/list'
import type { TaskFilters } from '#models/task/list_filters'
import type { TaskRow } from '#models/task/list_row'
import { placesOf, refsOf } from '#models/task/places'
import { taskRef } from '#models/task/refs'
import { sourceRefs } from '#models/task/sources'
import { taskStatuses } from '#models/task/states'
import type { Tenant } from '#tenancy/entry'

/** The columns of an export of tasks, with people by name. */
export const taskColumns: Column<TaskRow>[] = [
  { key: 'ref', header: 'Ref', value: (row) => taskRef(row.project_code, row.number) },
  { key: 'project', header: 'Project', value: (row) => row.project_name },
  { key: 'programme', header: 'Programme', value: (row) => row.programme_code as string | null },
  { key: 'title', header: 'Title', value: (row) => row.title },
  {
    key: 'description',
    header: 'Description',
    kind: 'text',
    value: (row) => row.description as string | null,
  },
  {
    key: 'status',
    header: 'Status',
    value: (row) => taskStatuses[row.status],
    code: (row) => row.status,
  },
  { key: 'blocked_reason', header: 'Held up by', value: (row) => row.blocked_reason },
  {
    key: 'priority',
    header: 'Priority',
    value: (row) => taskPriorities[row.priority],
    code: (row) => row.priority,
  },
  { key: 'assignee', header: 'Assignee', value: (row) => row.assignee_name },
  { key: 'assignee_label', header: 'Assignee in the file', value: (row) => row.assignee_label },
  { key: 'start_on', header: 'Start', kind: 'date', value: (row) => row.start_on },
  { key: 'due_on', header: 'Due', kind: 'date', value: (row) => row.due_on },
  { key: 'completed_on', header: 'Completed', kind: 'date', value: (row) => row.completed_on },
  { key: 'part_of', header: 'Part of', value: (row) => row.places?.whole?.ref ?? null },
  { key: 'waits_for', header: 'Waits for', value: (row) => refsOf(row.places?.waitsFor ?? []) },
  { key: 'source', header: 'Follows from', value: (row) => row.sourceRef ?? null },
  { key: 'version', header: 'Version', kind: 'number', value: (row) => row.lock_version },
]

/** A filtered list of tasks, from one project or all visible ones. */
export function taskList(
  tenant: Tenant,
  filters: TaskFilters,
  project: Project | undefined
): ExportedList<TaskRow> {
  return {
    kind: 'task',
    name: [project?.code, 'tasks'].filter(Boolean).join('-'),
    columns: taskColumns,
    batches: taskLines(tenant, filters, project?.id ?? null),
  }
}

function taskLines(tenant: Tenant, filters: TaskFilters, projectId: string | null) {
  return inBatches<TaskRow>(tenant, projectId, async (viewer, project, after) => {
    const list = new TaskList(viewer, filters, project).whole()
    const batch = await list.batch(after, ROWS_PER_BATCH)
    await withholdNames(batch.rows, viewer, ['assignee'])
    await bringNeighbours(batch.rows, viewer, project)
    return batch
  })
}

/** The records that tasks refer to, as far as the viewer may see them. */
async function bringNeighbours(rows: TaskRow[], viewer: Viewer, project: Project | null) {
  const places = await placesOf(rows, viewer, project ?? undefined)
  const sources = await sourceRefs(rows, viewer, project ?? undefined)
  for (const row of rows) {
    row.places = places.get(row.id)
    row.sourceRef = sources.get(row.id)
  }
}
