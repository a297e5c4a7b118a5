import { inBatches, ROWS_PER_BATCH } from '#exports/batches'
import type { Column, ExportedList } from '#exports/list'
import { withholdNames } from '#exports/withheld'
import { daysBetween, today } from '#models/days'
import { ratings } from '#models/health/enumerations'
import { cadences, reportStates } from '#models/report/enumerations'
import { reportAge } from '#models/report/latest'
import type { OverviewFilters } from '#models/report/overview/filters'
import { overviewBatch, type OverviewRow } from '#models/report/overview/list'
import { reportRef } from '#models/report/refs'
import { nextOf } from '#pages/reports/overview_row'
import { projectStatuses } from '#registries/terms'
import type { Tenant } from '#tenancy/entry'

/** As the list was read: days are counted from today in the organisation's time zone. */
type Row = OverviewRow & { standing: string; days_late: number | null; age_days: number | null }

export const overviewColumns: Column<Row>[] = [
  { key: 'code', header: 'Code', value: ({ code }) => code },
  { key: 'name', header: 'Project', value: ({ name }) => name },
  { key: 'programme', header: 'Programme', value: (row) => row.programme_code },
  { key: 'manager', header: 'Manager', value: (row) => row.manager_name },
  {
    key: 'status',
    header: 'Status',
    value: ({ status }) => projectStatuses[status].label,
    code: ({ status }) => status,
  },
  { key: 'standing', header: 'Next report', value: ({ standing }) => standing },
  {
    key: 'cadence',
    header: 'Schedule',
    value: ({ cadence }) => cadence && cadences[cadence],
    code: ({ cadence }) => cadence,
  },
  { key: 'next_due_on', header: 'Next due', kind: 'date', value: (row) => row.next_due_on },
  { key: 'days_late', header: 'Days late', kind: 'number', value: (row) => row.days_late },
  { key: 'draft', header: 'In progress', value: (row) => refOf(row.code, row.draft_number) },
  {
    key: 'draft_state',
    header: 'Its state',
    value: (row) => row.draft_state && reportStates[row.draft_state],
    code: (row) => row.draft_state,
  },
  { key: 'author', header: 'Author of the draft', value: (row) => row.author_name },
  { key: 'latest', header: 'Latest report', value: (row) => refOf(row.code, row.number) },
  { key: 'version', header: 'Version', kind: 'number', value: ({ version }) => version },
  { key: 'period_start_on', header: 'From', kind: 'date', value: (row) => row.period_start_on },
  { key: 'period_end_on', header: 'To', kind: 'date', value: (row) => row.period_end_on },
  { key: 'published_on', header: 'Published', kind: 'date', value: (row) => row.published_on },
  { key: 'publisher', header: 'Published by', value: (row) => row.publisher_name },
  {
    key: 'corrected_on',
    header: 'Corrected',
    kind: 'date',
    value: (row) => ((row.version ?? 1) > 1 ? row.version_on : null),
  },
  {
    key: 'overall',
    header: 'Overall',
    value: ({ rating }) => rating && ratings[rating],
    code: ({ rating }) => rating,
  },
  {
    key: 'overall_before',
    header: 'Overall before',
    value: (row) => row.rating_before && ratings[row.rating_before],
    code: (row) => row.rating_before,
  },
  { key: 'age_days', header: 'Days since', kind: 'number', value: (row) => row.age_days },
]

function refOf(code: string, number: number | null) {
  return number && reportRef(code, number)
}

/** The reporting status of the visible projects, as the list is filtered. */
export function overviewExport(tenant: Tenant, filters: OverviewFilters): ExportedList<Row> {
  const batches = inBatches<Row>(tenant, null, async (viewer, _, after) => {
    const { rows, next } = await overviewBatch(viewer, filters, after, ROWS_PER_BATCH)
    await withholdNames(rows, viewer, ['manager', 'publisher', 'author'])
    return { rows: rows.map(counted), next }
  })
  return { kind: 'report_overview', name: 'reports', columns: overviewColumns, batches }
}

function counted(row: OverviewRow): Row {
  const { standing, on } = nextOf(row)
  const late = on ? daysBetween(on, today()) : 0
  return {
    ...row,
    standing,
    days_late: late > 0 ? late : null,
    age_days: row.published_on ? reportAge({ publishedOn: row.published_on }, today()) : null,
  }
}
