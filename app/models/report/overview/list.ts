import type { Viewer } from '#identity/viewer'
import type { Rating } from '#models/health/enumerations'
import { readBatch, readPage, type Cursor, type Position } from '#models/lists/keyset'
import { fittingProjects } from '#models/portfolio/narrowing'
import { rolesOf } from '#models/project/visibility'
import { IS_AT_WORK, type ProjectStatus } from '#models/project/states'
import type { Cadence } from '#models/report/enumerations'
import {
  factsOfStanding,
  joinFacts,
  standsSo,
  type ReportFact,
} from '#models/report/overview/facts'
import {
  reportStandings,
  type OverviewFilters,
  type OverviewSort,
  type ReportStanding,
} from '#models/report/overview/filters'
import { cursorsOf, readSorted, seek, type SortKey } from '#models/lists/seek'
import type { ProjectRole } from '#policies/permissions'
import type { Condition } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** The reporting status of one project; what is unpublished is null for people who may not know of it. */
export type OverviewRow = {
  id: string
  code: string
  name: string
  status: ProjectStatus
  programme_code: string | null
  manager_id: string | null
  manager_name: string | null
  roles: ProjectRole[]
  /** The day from which a project without a report has been silent. */
  created_on: string
  cadence: Cadence | null
  next_due_on: string | null
  is_published: boolean
  latest_id: string | null
  number: number | null
  version: number | null
  period_start_on: string | null
  period_end_on: string | null
  /** The date of the first version, and who published it. */
  published_on: string | null
  publisher_id: string | null
  publisher_name: string | null
  version_on: string | null
  rating: Rating | null
  rating_before: Rating | null
  draft_id: string | null
  draft_number: number | null
  draft_version: number | null
  draft_state: 'draft' | 'submitted' | null
  is_returned: boolean
  /** Its author, or the person who submitted it. */
  author_id: string | null
  author_name: string | null
  draft_on: string | null
  sort_value: string
}

const SORTS: Record<OverviewSort, { key: SortKey; facts: ReportFact[] }> = {
  code: { key: ['projects.code', 'text'], facts: [] },
  due: {
    key: [
      `coalesce(case when ${IS_AT_WORK} then schedule.next_due_on end, 'infinity'::date)`,
      'date',
      'blanks_last',
    ],
    facts: ['schedule'],
  },
  // A project that never reported counts as the oldest.
  published: { key: [`coalesce(latest.on, '1900-01-01'::date)`, 'date'], facts: ['latest'] },
  rag: {
    key: [
      `(case latest.rating when 'red' then 1 when 'amber' then 2 when 'green' then 3
         when 'not_rated' then 4 else 5 end)::smallint`,
      'smallint',
    ],
    facts: ['latest'],
  },
}

const TIE = { column: 'projects.code', type: 'text' } as const

/** One page of the projects that match, each with its reports: one query, whatever their number. */
export function listOverview(viewer: Viewer, filters: OverviewFilters) {
  const decode = cursorsOf(SORTS[filters.sort].key, TIE)
  return readPage({ ...filters, decode }, (...part) => readRows(viewer, filters, ...part), cursorOf)
}

/** The next rows after a cursor, for exports that walk through the whole list. */
export function overviewBatch(
  viewer: Viewer,
  filters: OverviewFilters,
  after: Cursor | null,
  size: number
) {
  return readBatch(after, size, (...part) => readRows(viewer, filters, ...part), cursorOf)
}

/** How many projects match, and how many of them have each status, whichever one is filtered by. */
export async function countStandings(viewer: Viewer, filters: OverviewFilters) {
  const standings = Object.keys(reportStandings) as ReportStanding[]
  const counts = standings.map((standing): Condition => {
    const [text, values] = standsSo(standing)
    return [`count(*) filter (where ${text})::integer as ${standing}`, values]
  })
  const { joins, conditions } = fitting(viewer, { ...filters, state: null }, ALL)
  const [found] = await read<Record<ReportStanding | 'total', number>>(
    Tenancy.current().trx,
    `select count(*)::integer as total, ${counts.map(([text]) => text).join(', ')}
       from projects ${joins[0]} where ${conditions.text}`,
    [...counts.flatMap(([, values]) => values), ...joins[1], ...conditions.values]
  )
  return found
}

const ALL: ReportFact[] = ['schedule', 'latest', 'draft']

/**
 * The projects of a page are found first, by what the filters and the order need; everything else is read only for
 * those.
 */
function readRows(viewer: Viewer, filters: OverviewFilters, position: Position, limit: number) {
  const { sort, direction } = filters
  return readSorted({ key: SORTS[sort].key, direction }, position, limit, (...part) =>
    readPart(viewer, filters, ...part)
  )
}

async function readPart(
  viewer: Viewer,
  filters: OverviewFilters,
  position: Position,
  limit: number,
  part: Condition | null
) {
  const { key, facts } = SORTS[filters.sort]
  const { joins, conditions } = fitting(viewer, filters, facts)
  const order = seek(conditions.meet(part), key, TIE, filters.direction, position)
  const [columns, values] = columnsFor(viewer)
  const told = joinFacts(ALL, viewer)
  return read<OverviewRow>(
    Tenancy.current().trx,
    `select ${columns}, page.sort_value
       from (select projects.id, (${key[0]})::text as sort_value,
               row_number() over (order by ${order}) as place
             from projects ${joins[0]} where ${conditions.text} order by ${order} limit ?) page
       join projects on projects.organisation_id = ? and projects.id = page.id
       ${told[0]} ${NAMES} order by page.place`,
    [
      ...values,
      ...joins[1],
      ...conditions.values,
      limit,
      Tenancy.current().organisationId,
      ...told[1],
    ]
  )
}

function fitting(viewer: Viewer, filters: OverviewFilters, also: ReportFact[]) {
  const { state, rag } = filters
  const facts = [
    ...also,
    ...(state ? factsOfStanding[state] : []),
    ...(rag ? (['latest'] as const) : []),
  ]
  const conditions = fittingProjects(viewer, filters).meet(state && standsSo(state))
  if (rag === 'none') conditions.add('latest.id is null')
  else if (rag) conditions.add('latest.rating = ?', rag)
  return { joins: joinFacts(facts, viewer), conditions }
}

function columnsFor(viewer: Viewer): Condition {
  const [roles, roleValues] = rolesOf(viewer)
  const [published, publishedValues] = standsSo('published')
  const timeZone = Tenancy.organisationsZone
  return [
    `${COLUMNS}, ${roles} as roles, coalesce(${published}, false) as is_published`,
    [timeZone, timeZone, ...roleValues, ...publishedValues],
  ]
}

const COLUMNS = `projects.id, projects.code, projects.name, projects.status,
  programmes.code as programme_code, projects.manager_id, manager.name as manager_name,
  (projects.created_at at time zone ?)::date::text as created_on,
  schedule.cadence, schedule.next_due_on::text as next_due_on,
  latest.id as latest_id, latest.number, latest.version,
  latest.period_start_on::text as period_start_on, latest.period_end_on::text as period_end_on,
  latest.on::text as published_on, latest.published_by as publisher_id,
  publisher.name as publisher_name, latest.version_on::text as version_on, latest.rating,
  (select overall.rating from status_reports r
    join status_report_ratings overall on overall.organisation_id = r.organisation_id
      and overall.report_id = r.id and overall.dimension = 'overall'
    where r.organisation_id = projects.organisation_id and r.project_id = projects.id
      and r.state = 'published' and r.number < latest.number
    order by r.number desc, r.version desc limit 1) as rating_before,
  draft.id as draft_id, draft.number as draft_number, draft.version as draft_version,
  draft.state as draft_state, draft.returned_at is not null as is_returned,
  coalesce(draft.submitted_by, draft.author_id) as author_id, author.name as author_name,
  (coalesce(draft.submitted_at, draft.updated_at) at time zone ?)::date::text as draft_on`

const named = (name: string, column: string) => `
  left join memberships ${name}_of on ${name}_of.organisation_id = projects.organisation_id
    and ${name}_of.id = ${column}
  left join users ${name} on ${name}.id = ${name}_of.user_id`

const NAMES = [
  `left join programmes on programmes.organisation_id = projects.organisation_id
    and programmes.id = projects.programme_id`,
  named('manager', 'projects.manager_id'),
  named('publisher', 'latest.published_by'),
  named('author', 'coalesce(draft.submitted_by, draft.author_id)'),
].join('\n')

function cursorOf(row: OverviewRow): Cursor {
  return [row.sort_value, row.code]
}
