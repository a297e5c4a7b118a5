import type { Viewer } from '#identity/viewer'
import { today } from '#models/days'
import {
  listProjects,
  readProjectFilters,
  type ProjectFilters,
  type ProjectRow,
} from '#models/project/list'
import { isOver, type ProjectStatus } from '#models/project/states'
import { isSilent } from '#models/report/silence'
import { chips, exportsOf, headings, neighbours, summaryOf, type Column } from '#pages/list_parts'
import { healthStrips } from '#pages/project_health/strip'
import { ageOf } from '#pages/reports/report_card'
import * as terms from '#registries/terms'

const PATH = '/projects'

const COLUMNS: Column<ProjectFilters['sort']>[] = [
  ['Code', 'code'],
  ['Project', 'name'],
  ['Status'],
  ['Stage'],
  ['Health'],
  ['Manager'],
  ['Next date'],
  ['Report'],
]

/** Everything that the list of projects shows. */
export async function projectListState(viewer: Viewer, query: Record<string, unknown>) {
  const filters = readProjectFilters(query)
  const page = await listProjects(viewer, filters)
  const health = await healthStrips(page.rows.map(({ id }) => id))
  const link = (changes: Partial<ProjectFilters>) =>
    projectsUrl({ ...filters, after: null, before: null, ...changes })
  return {
    projects: page.rows.map((row) => ({ ...rowState(row), health: health.get(row.id) })),
    list: {
      filters,
      isFiltered: Boolean(filters.q || filters.status),
      applied: chips(narrowings(filters), link),
      columns: headings(COLUMNS, filters, link),
      exports: exportsOf(PATH, link({}).slice(PATH.length)),
      summary: summaryOf(page.rows.length, null, false),
      ...neighbours(page, link),
    },
  }
}

function narrowings({ q, status }: ProjectFilters): [unknown, string, Partial<ProjectFilters>][] {
  return [
    [q, `Search: ${q}`, { q: null }],
    [status, `Status: ${status && terms.projectStatuses[status].label}`, { status: null }],
  ]
}

function rowState(row: ProjectRow) {
  const nextOn = row.forecast_end_on ?? row.baseline_end_on
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    status: row.status,
    isSample: row.is_sample,
    stageName: row.stage_name,
    stageNumber: row.stage_number,
    stageCount: row.stage_count,
    managerName: row.manager_name,
    nextOn,
    nextLabel: row.forecast_end_on ? 'forecast end' : 'baseline end',
    isNextLate: isLate(nextOn, row.status),
    isLapsed: row.is_lapsed,
    report: reportOf(row),
    open: row.open,
    severe: row.open.severe,
  }
}

/** Work continues, but no one has reported for a month. */
function reportOf({
  id,
  report_id: reportId,
  reported_on: on,
  created_on: createdOn,
  status,
}: ProjectRow) {
  return {
    href: reportId ? `/projects/${id}/reports/${reportId}` : `/projects/${id}/reports`,
    age: on && ageOf({ publishedOn: on }).age,
    isSilent: isSilent({ status, since: on ?? createdOn }, today()),
  }
}

function isLate(on: string | null, status: ProjectStatus) {
  return on !== null && on < today() && !isOver(status)
}

function projectsUrl(filters: ProjectFilters) {
  const query = new URLSearchParams()
  for (const name of ['q', 'status', 'after', 'before'] as const) {
    if (filters[name]) query.set(name, filters[name])
  }
  if (filters.sort !== 'code' || filters.direction !== 'asc') {
    query.set('sort', filters.sort)
    query.set('direction', filters.direction)
  }
  return query.size > 0 ? `${PATH}?${query}` : PATH
}
