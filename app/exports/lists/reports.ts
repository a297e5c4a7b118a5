import { inBatches } from '#exports/batches'
import type { Column, ExportedList } from '#exports/list'
import { dimensions, ratings, type Dimension } from '#models/health/enumerations'
import { withholdNames } from '#exports/withheld'
import type Project from '#models/project'
import { RATED } from '#models/report/enumerations'
import { listReports, REPORTS_PER_PAGE, type ReportRow } from '#models/report/list'
import { reportRef } from '#models/report/refs'
import { iso } from '#registries/formats'
import type { Tenant } from '#tenancy/entry'

/** The columns of a list of status reports. */
export function reportColumns(project: Pick<Project, 'code'>): Column<ReportRow>[] {
  return [
    { key: 'ref', header: 'Ref', value: ({ number }) => reportRef(project.code, number) },
    { key: 'version', header: 'Version', kind: 'number', value: ({ version }) => version },
    {
      key: 'period_start_on',
      header: 'From',
      kind: 'date',
      value: (row) => row.period_start_on,
    },
    { key: 'period_end_on', header: 'To', kind: 'date', value: (row) => row.period_end_on },
    {
      key: 'published_at',
      header: 'Published (UTC)',
      kind: 'instant',
      value: (row) => iso(row.published_at),
    },
    { key: 'publisher', header: 'Published by', value: (row) => row.publisher_name },
    ...RATED.map(rating),
  ]
}

function rating(dimension: Dimension): Column<ReportRow> {
  const code = (row: ReportRow) => row.ratings[dimension] ?? 'not_rated'
  return {
    key: dimension,
    header: dimensions[dimension],
    value: (row) => ratings[code(row)],
    code,
  }
}

/** The published reports of a project, latest first, each in its current version. */
export function reportList(tenant: Tenant, project: Project): ExportedList<ReportRow> {
  const batches = inBatches<ReportRow>(tenant, project.id, async (viewer, present, after) => {
    const found = await listReports(present!, after && Number(after[0]))
    const rows = found.slice(0, REPORTS_PER_PAGE)
    await withholdNames(rows, viewer, ['publisher'])
    const last = rows.at(-1)?.number ?? 0
    return { rows, next: found.length > rows.length ? [last, last] : null }
  })
  return {
    kind: 'status_report',
    name: `${project.code}-reports`,
    columns: reportColumns(project),
    batches,
  }
}
