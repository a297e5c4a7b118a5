import { ratings, type Rating } from '#models/health/enumerations'
import { projectStatuses, type ProjectStatus } from '#models/project/states'
import { QueryString } from '#models/lists/query_string'

/** What to look for in a project, whatever else it is. */
export const portfolioFlags = {
  lapsed: 'Approval lapsed',
  silent: 'No report for 30 days',
  severe: 'Severe risks',
  slipping: 'Next gate slips',
} as const

export type PortfolioFlag = keyof typeof portfolioFlags

/** What the grid can be sorted by, and each one's initial direction: what needs attention comes first. */
export const portfolioSorts = {
  code: 'asc',
  name: 'asc',
  rag: 'desc',
  confidence: 'desc',
  gate: 'asc',
  slip: 'desc',
  severe: 'desc',
  report: 'asc',
} as const satisfies Record<string, 'asc' | 'desc'>

export type PortfolioSort = keyof typeof portfolioSorts

export const PAGE_SIZES = [25, 50, 100, 200] as const
const USUAL_PAGE = 50

export type PortfolioFilters = {
  q: string | null
  /** A programme's id; none for projects without one. */
  programme: string | null
  /** The current declared overall rating; undeclared when there is none. */
  rag: Rating | 'undeclared' | null
  /** The name of the project's present stage: each project has its own stages. */
  stage: string | null
  /** A membership id, or me. */
  manager: string | null
  /** Null: all that are neither closed nor cancelled. */
  status: ProjectStatus | 'all' | null
  /** All of them must hold. */
  flags: PortfolioFlag[]
  isGrouped: boolean
  sort: PortfolioSort
  direction: 'asc' | 'desc'
  perPage: number
  /** The view that the grid was opened with, so that it can be saved again; it filters nothing. */
  from: string | null
  after: string | null
  before: string | null
}

/** Reads the filters of a query string, ignoring unknown ones, so that no URL is an error. */
export function readPortfolioFilters(query: Record<string, unknown>): PortfolioFilters {
  const given = new QueryString(query)
  const sort = given.keyOf('sort', portfolioSorts) ?? 'code'
  return {
    q: given.search,
    programme: given.id('programme', 'none'),
    rag: given.keyOf('rag', ratings) ?? given.oneOf('rag', ['undeclared']),
    stage: given.text('stage')?.slice(0, 200) ?? null,
    manager: given.id('manager', 'me'),
    status: given.keyOf('status', projectStatuses) ?? given.oneOf('status', ['all']),
    flags: flagsIn(query.flag),
    isGrouped: given.text('group') === 'programme',
    sort,
    direction: given.oneOf('direction', ['asc', 'desc']) ?? portfolioSorts[sort],
    perPage: PAGE_SIZES.find((size) => String(size) === given.text('per_page')) ?? USUAL_PAGE,
    from: given.id('from'),
    ...given.place,
  }
}

function flagsIn(value: unknown): PortfolioFlag[] {
  const given = [value].flat()
  return (Object.keys(portfolioFlags) as PortfolioFlag[]).filter((flag) => given.includes(flag))
}

/** The same filters as a query string, in one order and without defaults: views are stored in this form. */
export function portfolioQuery(filters: PortfolioFilters): string {
  const query = new URLSearchParams()
  const texts = ['q', 'programme', 'rag', 'stage', 'manager', 'status'] as const
  for (const name of texts) if (filters[name]) query.set(name, filters[name])
  for (const flag of filters.flags) query.append('flag', flag)
  if (filters.isGrouped) query.set('group', 'programme')
  if (filters.sort !== 'code' || filters.direction !== 'asc') query.set('sort', filters.sort)
  if (filters.direction !== portfolioSorts[filters.sort]) query.set('direction', filters.direction)
  if (filters.perPage !== USUAL_PAGE) query.set('per_page', String(filters.perPage))
  for (const name of ['from', 'after', 'before'] as const) {
    if (filters[name]) query.set(name, filters[name])
  }
  return String(query)
}
