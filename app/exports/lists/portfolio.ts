import { inBatches, startingAfter } from '#exports/batches'
import type { Column, ExportedList } from '#exports/list'
import { withholdNames } from '#exports/withheld'
import { PAGE_SIZES, type PortfolioFilters } from '#models/portfolio/filters'
import { listPortfolio } from '#models/portfolio/list'
import { gridRows, type GridRow, type RagCell } from '#pages/portfolio/grid_rows'
import { projectStatuses, ratings } from '#registries/terms'
import type { Tenant } from '#tenancy/entry'

type Row = GridRow & { manager_id: string | null; manager_name: string | null }

const rating = (key: string, header: string, cell: (row: Row) => RagCell): Column<Row> => ({
  key,
  header,
  value: (row) => cell(row).look?.label ?? null,
  code: (row) => cell(row).rating,
})

/** In the grid's order of dimensions. */
const parts = ['Schedule', 'Cost', 'Scope', 'Benefits', 'Resources'].map((header, index) =>
  rating(header.toLowerCase(), header, (row) => row.parts[index])
)

export const portfolioColumns: Column<Row>[] = [
  { key: 'code', header: 'Code', value: ({ code }) => code },
  { key: 'name', header: 'Project', value: ({ name }) => name },
  { key: 'programme', header: 'Programme', value: ({ programme }) => programme?.code ?? null },
  { key: 'manager', header: 'Manager', value: (row) => row.manager_name },
  {
    key: 'status',
    header: 'Status',
    value: ({ status }) => projectStatuses[status].label,
    code: ({ status }) => status,
  },
  { key: 'stage', header: 'Stage', value: ({ stageName }) => stageName },
  rating('overall', 'Overall', ({ overall }) => overall),
  {
    key: 'computed',
    header: 'Overall, where computed worse',
    value: ({ optimistic }) => optimistic && ratings[optimistic].label,
    code: ({ optimistic }) => optimistic,
  },
  ...parts,
  rating('confidence', 'Delivery confidence', ({ confidence }) => confidence),
  { key: 'next_gate', header: 'Next gate', value: ({ gate }) => gate?.name ?? null },
  {
    key: 'next_gate_on',
    header: 'Next gate on',
    kind: 'date',
    value: ({ gate }) => gate?.forecastOn ?? null,
  },
  {
    key: 'next_gate_baseline_on',
    header: 'Its baseline',
    kind: 'date',
    value: ({ gate }) => gate?.baselineOn ?? null,
  },
  {
    key: 'slip_days',
    header: 'Days late',
    kind: 'number',
    value: ({ gate }) => gate?.slip ?? null,
  },
  { key: 'severe_risks', header: 'Severe risks', kind: 'number', value: ({ severe }) => severe },
  {
    key: 'lapsed_conditions',
    header: 'Lapsed conditions',
    kind: 'number',
    value: ({ lapsed }) => lapsed,
  },
  { key: 'reported_on', header: 'Latest report', kind: 'date', value: ({ report }) => report.on },
]

/** The portfolio as its grid is filtered and sorted, read in batches of the largest page size. */
export function portfolioExport(tenant: Tenant, filters: PortfolioFilters): ExportedList<Row> {
  const perPage = Math.max(...PAGE_SIZES)
  const batches = inBatches<Row>(tenant, null, async (viewer, _, after) => {
    const page = await listPortfolio(viewer, { ...filters, perPage, ...startingAfter(after) })
    const found = await gridRows(
      page.rows.map(({ id }) => id),
      viewer
    )
    const rows = found.map((row) => ({
      ...row,
      manager_id: row.managerId,
      manager_name: row.managerName,
    }))
    await withholdNames(rows, viewer, ['manager'])
    return { ...page, rows }
  })
  return { kind: 'portfolio', name: 'portfolio', columns: portfolioColumns, batches }
}
