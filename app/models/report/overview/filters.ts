import { ratings, type Rating } from '#models/health/enumerations'
import type { ProjectNarrowing } from '#models/portfolio/narrowing'
import { projectStatuses } from '#models/project/states'
import { QueryString, tellPage } from '#models/lists/query_string'

/** The reporting status of a project. A project may have several at once. */
export const reportStandings = {
  late: 'Late',
  due: 'Due in the next 7 days',
  draft: 'Being written',
  submitted: 'Waiting to be published',
  published: 'Published for this period',
  silent: 'Silent for 30 days',
  unscheduled: 'No schedule',
} as const

export type ReportStanding = keyof typeof reportStandings

/** What the list can be sorted by; each begins with what needs attention. */
export const overviewSorts = ['due', 'code', 'rag', 'published'] as const

export type OverviewSort = (typeof overviewSorts)[number]

/** What the reports across projects show: all of it is in the URL. */
export type OverviewFilters = ProjectNarrowing & {
  state: ReportStanding | null
  /** The overall rating in the latest report; none when nothing has been published yet. */
  rag: Rating | 'none' | null
  sort: OverviewSort
  direction: 'asc' | 'desc'
  /** The view that the list was opened with, so that it can be saved again; it filters nothing. */
  from: string | null
  after: string | null
  before: string | null
  perPage: number
}

/** Reads the filters of a query string, ignoring unknown ones, so that no URL is an error. */
export function readOverviewFilters(query: Record<string, unknown>): OverviewFilters {
  const given = new QueryString(query)
  return {
    q: given.search,
    programme: given.id('programme', 'none'),
    state: given.keyOf('state', reportStandings),
    rag: given.keyOf('rag', ratings) ?? given.oneOf('rag', ['none']),
    manager: given.id('manager', 'me'),
    status: given.keyOf('status', projectStatuses) ?? given.oneOf('status', ['all']),
    sort: given.oneOf('sort', overviewSorts) ?? 'due',
    direction: given.oneOf('direction', ['asc', 'desc']) ?? 'asc',
    from: given.id('from'),
    ...given.place,
    perPage: given.perPage,
  }
}

const NARROWING = ['q', 'programme', 'state', 'rag', 'manager', 'status'] as const

/** True when the list leaves anything out. */
export function isNarrowed(filters: OverviewFilters) {
  return NARROWING.some((name) => filters[name])
}

/** True when the list is in its default order. */
export function isUsualOrder({ sort, direction }: Pick<OverviewFilters, 'sort' | 'direction'>) {
  return sort === 'due' && direction === 'asc'
}

/** The query string of a list like `filters` with some parts changed; it always begins at the first page. */
export function overviewQuery(filters: OverviewFilters, changes: Partial<OverviewFilters> = {}) {
  const wanted = { ...filters, after: null, before: null, ...changes }
  const query = new URLSearchParams()
  for (const name of NARROWING) if (wanted[name]) query.set(name, wanted[name])
  if (!isUsualOrder(wanted)) {
    query.set('sort', wanted.sort)
    query.set('direction', wanted.direction)
  }
  if (wanted.from) query.set('from', wanted.from)
  tellPage(query, wanted)
  const text = String(query)
  return text && `?${text}`
}
