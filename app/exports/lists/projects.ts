import { inBatches, startingAfter } from '#exports/batches'
import type { Column, ExportedList } from '#exports/list'
import { withholdNames } from '#exports/withheld'
import { listProjects, type ProjectFilters, type ProjectRow } from '#models/project/list'
import { projectStatuses } from '#registries/terms'
import type { Tenant } from '#tenancy/entry'

const count = (kind: keyof ProjectRow['open'], header: string): Column<ProjectRow> => ({
  key: `open_${kind}`,
  header,
  kind: 'number',
  value: ({ open }) => open[kind],
})

export const projectColumns: Column<ProjectRow>[] = [
  { key: 'code', header: 'Code', value: ({ code }) => code },
  { key: 'name', header: 'Project', value: ({ name }) => name },
  {
    key: 'status',
    header: 'Status',
    value: ({ status }) => projectStatuses[status].label,
    code: ({ status }) => status,
  },
  { key: 'stage', header: 'Stage', value: (row) => row.stage_name },
  { key: 'manager', header: 'Manager', value: (row) => row.manager_name },
  {
    key: 'baseline_end_on',
    header: 'Baseline end',
    kind: 'date',
    value: (row) => row.baseline_end_on,
  },
  {
    key: 'forecast_end_on',
    header: 'Forecast end',
    kind: 'date',
    value: (row) => row.forecast_end_on,
  },
  {
    key: 'reported_on',
    header: 'Latest report',
    kind: 'date',
    value: (row) => row.reported_on,
  },
  count('risk', 'Open risks'),
  count('severe', 'Severe risks'),
  count('issue', 'Open issues'),
  count('assumption', 'Open assumptions'),
  count('dependency', 'Open dependencies'),
]

/** The projects that the reader may see, as the list is filtered. */
export function projectList(tenant: Tenant, filters: ProjectFilters): ExportedList<ProjectRow> {
  const batches = inBatches<ProjectRow>(tenant, null, async (viewer, _, after) => {
    const page = await listProjects(viewer, { ...filters, ...startingAfter(after) })
    await withholdNames(page.rows, viewer, ['manager'])
    return page
  })
  return { kind: 'project', name: 'projects', columns: projectColumns, batches }
}
