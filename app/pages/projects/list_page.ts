import type { Viewer } from '#identity/viewer'
import { today } from '#models/days'
import { encodeCursor } from '#models/keyset'
import {
  listProjects,
  readProjectFilters,
  type ProjectFilters,
  type ProjectRow,
} from '#models/project/list'
import { isSilent } from '#models/report/silence'
import { ageOf } from '#pages/reports/report_card'
import { exportsOf } from '#pages/list_parts'
import { healthStrips } from '#pages/project_health/strip'
import * as terms from '#registries/terms'

const COLUMNS = [
  { label: 'Code', sort: 'code' },
  { label: 'Project', sort: 'name' },
  { label: 'Status' },
  { label: 'Stage' },
  { label: 'Health' },
  { label: 'Manager' },
  { label: 'Next date' },
  { label: 'Report' },
] as const

/** Everything that the list of projects shows. */
export async function projectListState(viewer: Viewer, query: Record<string, unknown>) {
  const filters = readProjectFilters(query)
  const page = await listProjects(viewer, filters)
  const health = await healthStrips(page.rows.map(({ id }) => id))
  const link = (changes: Partial<ProjectFilters>) =>
    projectsUrl({ ...filters, after: null, before: null, ...changes })
  return {
    projects: page.rows.map((row) => ({
      id: row.id,
      code: row.code,
      name: row.name,
      status: row.status,
      isSample: row.is_sample,
      stageName: row.stage_name,
      stageNumber: row.stage_number,
      stageCount: row.stage_count,
      managerName: row.manager_name,
      nextOn: row.forecast_end_on ?? row.baseline_end_on,
      nextLabel: row.forecast_end_on ? 'forecast end' : 'baseline end',
      isNextLate: isLate(row.forecast_end_on ?? row.baseline_end_on, row.status),
      isLapsed: row.is_lapsed,
      report: reportOf(row),
      health: health.get(row.id),
      open: row.open,
      severe: row.open.severe,
    })),
    list: {
      filters,
      isFiltered: Boolean(filters.q || filters.status),
      applied: [
        ...(filters.q ? [{ label: `Search: ${filters.q}`, href: link({ q: null }) }] : []),
        ...(filters.status
          ? [
              {
                label: `Status: ${terms.projectStatuses[filters.status].label}`,
                href: link({ status: null }),
              },
            ]
          : []),
      ],
      columns: COLUMNS.map((column) =>
        'sort' in column
          ? {
              label: column.label,
              href: link({ sort: column.sort, direction: turned(filters, column.sort) }),
              direction: filters.sort === column.sort ? filters.direction : undefined,
            }
          : { label: column.label }
      ),
      exports: exportsOf('/projects', link({}).slice('/projects'.length)),
      summary: `${page.rows.length} shown`,
      previous: page.previous && link({ before: encodeCursor(page.previous) }),
      next: page.next && link({ after: encodeCursor(page.next) }),
    },
  }
}

/** Work goes on, and nobody told for a month how. */
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

function turned(filters: ProjectFilters, sort: string) {
  return filters.sort === sort && filters.direction === 'asc' ? 'desc' : 'asc'
}

function isLate(on: string | null, status: string) {
  return on !== null && on < today() && !['closed', 'cancelled'].includes(status)
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
  return query.size > 0 ? `/projects?${query}` : '/projects'
}
