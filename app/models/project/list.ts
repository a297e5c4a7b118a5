import type { Viewer } from '#identity/viewer'
import { IS_OVERDUE } from '#models/condition/states'
import { today } from '#models/days'
import { readPage, type Page, type Position } from '#models/keyset'
import Project from '#models/project'
import { projectStatuses, type ProjectStatus } from '#models/project/states'
import { QueryString } from '#models/query_string'
import type { RaidType } from '#models/raid/enumerations'
import { scoring } from '#models/raid/scoring'
import { isOpenOf } from '#models/raid/transitions'
import { visibleItems } from '#models/raid/visibility'
import { seek } from '#models/seek'
import { containing } from '#models/text_search'
import { Conditions } from '#tenancy/conditions'
import { readBuilt } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type ProjectFilters = {
  q: string | null
  status: ProjectStatus | null
  sort: 'code' | 'name'
  direction: 'asc' | 'desc'
  after: string | null
  before: string | null
}

export type ProjectRow = {
  id: string
  code: string
  name: string
  status: ProjectStatus
  is_sample: boolean
  stage_name: string | null
  stage_number: number | null
  stage_count: number
  manager_id: string | null
  manager_name: string | null
  baseline_end_on: string | null
  forecast_end_on: string | null
  /** A condition of one of its approvals was not met in time. */
  is_lapsed: boolean
  /** The day on which its latest report was first published, and which report that is. */
  reported_on: string | null
  report_id: string | null
  /** The day from which a project without a report has been silent. */
  created_on: string
  open: Record<'risk' | 'assumption' | 'issue' | 'dependency' | 'severe', number>
}

const PER_PAGE = 50
const TIE = { column: 'projects.code', type: 'text' } as const

const COLUMNS = [
  'id',
  'code',
  'name',
  'description',
  'status',
  'visibility',
  'manager_id',
  'sponsor_id',
  'stage_id',
  'baseline_start_on',
  'baseline_end_on',
  'forecast_start_on',
  'forecast_end_on',
  'created_at',
  'updated_at',
  'lock_version',
  'is_sample',
].map((column) => `projects.${column}`)

/** Reads the filters of a query string, leaving out what it does not know. */
export function readProjectFilters(query: Record<string, unknown>): ProjectFilters {
  const given = new QueryString(query)
  return {
    q: given.search,
    status: given.keyOf('status', projectStatuses),
    sort: given.oneOf('sort', ['name']) ?? 'code',
    direction: given.oneOf('direction', ['desc']) ?? 'asc',
    ...given.place,
  }
}

/** One page of the projects that the viewer may see, each with what is open in it. */
export function listProjects(viewer: Viewer, filters: ProjectFilters): Promise<Page<ProjectRow>> {
  return readPage(
    { ...filters, perPage: PER_PAGE },
    (...part) => readRows(viewer, filters, ...part),
    (row) => [row[filters.sort], row.code]
  )
}

function readRows(viewer: Viewer, filters: ProjectFilters, position: Position, limit: number) {
  const conditions = new Conditions()
  const { sort, direction } = filters
  const order = seek(conditions, [`projects.${sort}`, 'text'], TIE, direction, position)
  const query = Project.visibleTo(viewer).clearSelect().select(COLUMNS)
  if (filters.status) query.where('projects.status', filters.status)
  if (filters.q) {
    const like = containing(filters.q)
    query.where((match) =>
      match.whereILike('projects.name', like).orWhereILike('projects.code', like)
    )
  }
  if (conditions.text) query.whereRaw(conditions.text, conditions.values as string[])
  query.orderByRaw(order).limit(limit)
  for (const column of overview(viewer)) query.select(column as any)
  return readBuilt<ProjectRow>(Tenancy.current().trx, query)
}

/** Counted for the projects of one page only, from an index that has the entries of each type together. */
function overview(viewer: Viewer) {
  const { trx } = Tenancy.current()
  const [visible, values] = visibleItems(viewer)
  return [
    trx.raw(`(select users.name from memberships join users on users.id = memberships.user_id
      where memberships.organisation_id = projects.organisation_id
        and memberships.id = projects.manager_id) as manager_name`),
    ...['name as stage_name', 'position::integer as stage_number'].map((column) => {
      const [expression, name] = column.split(' as ')
      return trx.raw(`(select stages.${expression} from stages
        where stages.organisation_id = projects.organisation_id and stages.id = projects.stage_id) as ${name}`)
    }),
    trx.raw(`(select count(*)::integer from stages where stages.organisation_id = projects.organisation_id
      and stages.project_id = projects.id) as stage_count`),
    trx.raw(
      `(select (published_at at time zone ?)::date::text from status_reports
        where status_reports.organisation_id = projects.organisation_id
          and status_reports.project_id = projects.id and status_reports.state = 'published'
          and status_reports.version = 1
        order by number desc limit 1) as reported_on`,
      [Tenancy.settings.timeZone]
    ),
    trx.raw(`(select status_reports.id from status_reports
      where status_reports.organisation_id = projects.organisation_id
        and status_reports.project_id = projects.id and status_reports.state = 'published'
      order by number desc, version desc limit 1) as report_id`),
    trx.raw(`(projects.created_at at time zone ?)::date::text as created_on`, [
      Tenancy.settings.timeZone,
    ]),
    trx.raw(
      `exists (select from gate_conditions
        where gate_conditions.organisation_id = projects.organisation_id
          and gate_conditions.project_id = projects.id
          and gate_conditions.state in ('open', 'claimed') and ${IS_OVERDUE}) as is_lapsed`,
      [today()]
    ),
    trx.raw(
      `(select json_build_object('risk', risks.open, 'severe', risks.severe, ${countsOf(visible)})
        from (select count(*) as open, count(*) filter (where rating >= ?) as severe
          from raid_items where ${openIn('risk', visible)}) risks) as open`,
      [...COUNTED.flatMap(() => values), scoring().bands.severe.from, ...values] as any[]
    ),
  ]
}

const COUNTED = ['assumption', 'issue', 'dependency'] as const

function countsOf(visible: string) {
  return COUNTED.map(
    (type) => `'${type}', (select count(*) from raid_items where ${openIn(type, visible)})`
  ).join(', ')
}

function openIn(type: RaidType, visible: string) {
  return `raid_items.organisation_id = projects.organisation_id
    and raid_items.project_id = projects.id and ${isOpenOf(type)} and ${visible}`
}
