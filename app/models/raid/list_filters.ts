import { validate as isUuid } from 'uuid'
import { categoryLabels } from '#models/raid/categories'
import * as terms from '#models/raid/enumerations'
import type { RaidType } from '#models/raid/enumerations'
import { bandNames, type Band } from '#models/raid/scoring'

export const sorts = ['ref', 'title', 'rating', 'status', 'due', 'updated'] as const
export type Sort = (typeof sorts)[number]

/** What a list shows: every part of it stands in the URL. */
export type ListFilters = {
  type: RaidType
  q: string | null
  status: string | null
  state: 'open' | 'settled' | null
  owner: string | null
  band: Band | null
  category: string | null
  likelihood: number | null
  impact: number | null
  response: 'none' | null
  review: 'overdue' | null
  overdue: boolean
  project: string | null
  /** Across projects: those of one programme. */
  programme: string | null
  escalation: keyof typeof terms.escalations | null
  import: string | null
  sort: Sort
  direction: 'asc' | 'desc'
  after: string | null
  before: string | null
  perPage: number
  /** The row whose status and owner are being changed in place. */
  edit: string | null
}

const DEFAULT_SORT: Record<RaidType, [Sort, 'asc' | 'desc']> = {
  risk: ['rating', 'desc'],
  assumption: ['rating', 'desc'],
  issue: ['rating', 'desc'],
  dependency: ['due', 'asc'],
  decision: ['ref', 'desc'],
}

export const PER_PAGE = 25
const MOST_PER_PAGE = 100

/** Reads the filters of a query string; what it does not know it leaves out, so that no URL is an error. */
export function readFilters(query: Record<string, unknown>): ListFilters {
  const text = (name: string) => textOf(query, name)
  const within = <T extends string>(name: string, values: readonly T[]) =>
    values.find((value) => value === text(name)) ?? null
  const level = (name: string) =>
    [1, 2, 3, 4, 5].find((value) => String(value) === text(name)) ?? null

  const type = within('type', Object.keys(terms.types) as RaidType[]) ?? 'risk'
  const [sort, direction] = DEFAULT_SORT[type]
  const owner = text('owner')
  return {
    type,
    q: text('q')?.slice(0, 200) ?? null,
    status: within('status', Object.keys(terms.statuses[type])),
    state: within('state', ['open', 'settled']),
    owner: owner === 'none' || owner === 'me' || isUuid(owner) ? owner : null,
    band: type === 'risk' ? within('band', bandNames) : null,
    category: type === 'risk' ? within('category', Object.keys(categoryLabels())) : null,
    likelihood: type === 'risk' ? level('likelihood') : null,
    impact: type === 'risk' ? level('impact') : null,
    response: type === 'risk' ? within('response', ['none']) : null,
    review: within('review', ['overdue']),
    overdue: text('overdue') === '1',
    project: isUuid(text('project')) ? text('project') : null,
    programme: isUuid(text('programme')) ? text('programme') : null,
    escalation: within(
      'escalation',
      Object.keys(terms.escalations) as (keyof typeof terms.escalations)[]
    ),
    import: isUuid(text('import')) ? text('import') : null,
    sort: within('sort', sorts) ?? sort,
    direction: within('direction', ['asc', 'desc']) ?? (text('sort') ? 'asc' : direction),
    after: text('after'),
    before: text('before'),
    edit: isUuid(text('edit')) ? text('edit') : null,
    perPage: readPerPage(text('per_page')),
  }
}

/** How many rows a page holds, if the text asks for a sensible number. */
export function readPerPage(text: string | null) {
  return Math.min(MOST_PER_PAGE, Math.max(1, Math.trunc(Number(text)) || PER_PAGE))
}

/** One trimmed value of a query string, without the character that PostgreSQL refuses; null if there is none. */
export function textOf(query: Record<string, unknown>, name: string) {
  const value = query[name]
  return typeof value === 'string' ? value.replaceAll('\u0000', '').trim() || null : null
}

const NARROWING = [
  ...(['q', 'status', 'state', 'owner', 'band', 'category', 'likelihood', 'impact'] as const),
  ...(['response', 'review', 'overdue', 'project', 'programme', 'escalation', 'import'] as const),
]

/** True when the list leaves anything of its type out. */
export function isNarrowed(filters: ListFilters) {
  return NARROWING.some((name) => filters[name])
}

/** The query string of a list like `filters` with some parts changed; it always begins at the first page. */
export function listQuery(filters: ListFilters, changes: Partial<ListFilters> = {}) {
  const wanted = { ...filters, after: null, before: null, ...changes }
  const [sort, direction] = DEFAULT_SORT[wanted.type]
  const isDefaultSort = wanted.sort === sort && wanted.direction === direction
  const query = new URLSearchParams({ type: wanted.type })
  for (const name of NARROWING)
    if (wanted[name]) query.set(name, wanted[name] === true ? '1' : String(wanted[name]))
  if (!isDefaultSort) {
    query.set('sort', wanted.sort)
    query.set('direction', wanted.direction)
  }
  if (wanted.perPage !== PER_PAGE) query.set('per_page', String(wanted.perPage))
  if (wanted.after) query.set('after', wanted.after)
  if (wanted.before) query.set('before', wanted.before)
  return `?${query}`
}
