import { inBatches, ROWS_PER_BATCH } from '#exports/batches'
import type { CsvColumn } from '#exports/csv_stream'
import { withholdNames } from '#exports/withheld'
import { taskPriorities, taskRef } from '#models/task'
import { TaskList, type TaskRow } from '#models/task/list'
import type { TaskFilters } from '#models/task/list_filters'
import { refOf } from '#models/raid/refs'
import { taskStatuses } from '#models/task/states'
import type { Tenant } from '#tenancy/tenancy'

/** The columns of an export of tasks, people by name. */
export const taskColumns: CsvColumn<TaskRow>[] = [
  { header: 'Ref', value: (row) => taskRef(row.project_code, row.number) },
  { header: 'Project', value: (row) => row.project_name },
  { header: 'Title', value: (row) => row.title },
  { header: 'Description', value: (row) => row.description as string | null },
  { header: 'Status', value: (row) => taskStatuses[row.status] },
  { header: 'Held up by', value: (row) => row.blocked_reason },
  { header: 'Priority', value: (row) => taskPriorities[row.priority] },
  { header: 'Assignee', value: (row) => row.assignee_name },
  { header: 'Assignee in the file', value: (row) => row.assignee_label },
  { header: 'Start', value: (row) => row.start_on },
  { header: 'Due', value: (row) => row.due_on },
  { header: 'Completed', value: (row) => row.completed_on },
  { header: 'Follows from', value: sourceRef },
]

/** The rows of a list as it is filtered. */
export function taskLines(tenant: Tenant, filters: TaskFilters, projectId: string | null) {
  return inBatches<TaskRow>(tenant, projectId, async (viewer, project, after) => {
    const list = new TaskList(viewer, filters, project).whole()
    const batch = await list.batch(after, ROWS_PER_BATCH)
    await withholdNames(batch.rows, viewer, ['assignee'])
    return batch
  })
}

function sourceRef(row: TaskRow) {
  const source = row.source as Parameters<typeof refOf>[1] | null
  return source && refOf(row.project_code, source)
}
