import type { Viewer } from '#identity/viewer'
import { cutPage, decodeCursor, type Page } from '#models/keyset'
import Project, { projectStatuses, type ProjectStatus } from '#models/project'
import type { RaidType } from '#models/raid/enumerations'
import { IS_OPEN } from '#models/raid/home'
import { textOf } from '#models/raid/list_filters'
import { bands } from '#models/raid/scoring'
import { onlyVisible } from '#models/raid/visibility'
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
  stage_name: string | null
  stage_number: number | null
  stage_count: number
  manager_name: string | null
  baseline_end_on: string | null
  forecast_end_on: string | null
  risks: number
  assumptions: number
  issues: number
  dependencies: number
  severe: number
}

const PER_PAGE = 50

/** Reads the filters of a query string, leaving out what it does not know. */
export function readProjectFilters(query: Record<string, unknown>): ProjectFilters {
  const text = (name: string) => textOf(query, name)
  const status = text('status')
  return {
    q: text('q')?.slice(0, 200) ?? null,
    status: status && Object.hasOwn(projectStatuses, status) ? (status as ProjectStatus) : null,
    sort: text('sort') === 'name' ? 'name' : 'code',
    direction: text('direction') === 'desc' ? 'desc' : 'asc',
    after: text('after'),
    before: text('before'),
  }
}

/** One page of the projects that the viewer may see, each with what is open in it. */
export async function listProjects(
  viewer: Viewer,
  filters: ProjectFilters
): Promise<Page<ProjectRow>> {
  const after = decodeCursor(filters.after)
  const before = after ? null : decodeCursor(filters.before)
  const forwards = filters.direction === (before ? 'desc' : 'asc')
  const order = forwards ? 'asc' : 'desc'
  const query = Project.visibleTo(viewer)
  if (filters.status) query.where('projects.status', filters.status)
  if (filters.q) {
    const like = `%${filters.q.replaceAll(/[\\%_]/g, '\\$&')}%`
    query.where((match) =>
      match.whereILike('projects.name', like).orWhereILike('projects.code', like)
    )
  }
  const cursor = after ?? before
  if (cursor) {
    query.whereRaw(
      `(projects.${filters.sort}, projects.code) ${forwards ? '>' : '<'} (?, ?)`,
      cursor.map((part) => String(part).replaceAll('\u0000', ''))
    )
  }
  query
    .orderBy(`projects.${filters.sort}`, order)
    .orderBy('projects.code', order)
    .limit(PER_PAGE + 1)
  for (const column of await overview(viewer)) query.select(column as any)
  const rows = (await query.pojo()) as ProjectRow[]
  return cutPage(rows, PER_PAGE, { after, before }, (row) => [row[filters.sort], row.code])
}

/** Counted by sub-queries, which run for the projects of one page only. */
async function overview(viewer: Viewer) {
  const { trx } = Tenancy.current()
  const open = (type: RaidType, name: string, condition = 'true') => {
    const items = trx
      .from('raid_items')
      .whereRaw('raid_items.organisation_id = projects.organisation_id')
      .whereRaw('raid_items.project_id = projects.id')
      .where('raid_items.type', type)
      .whereRaw(IS_OPEN)
      .whereRaw(condition)
      .select(trx.raw('count(*)::integer'))
    onlyVisible(items, viewer)
    return items.as(name)
  }
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
    open('risk', 'risks'),
    open('assumption', 'assumptions'),
    open('issue', 'issues'),
    open('dependency', 'dependencies'),
    open('risk', 'severe', `raid_items.rating >= ${bands.severe.from}`),
  ]
}
