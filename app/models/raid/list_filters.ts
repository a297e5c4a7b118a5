import { QueryString, tellPage } from '#models/lists/query_string'
import { categoryLabels } from '#models/raid/categories'
import * as terms from '#models/raid/enumerations'
import type { RaidType } from '#models/raid/enumerations'
import { bandNames, LEVELS, type Band } from '#models/raid/scoring'

export const sorts = ['ref', 'title', 'rating', 'status', 'due', 'updated', 'review'] as const
export type Sort = (typeof sorts)[number]

/** What a list shows: all of it is in the URL. */
export type ListFilters = {
  type: RaidType
  q: string | null
  status: string | null
  state: 'open' | 'settled' | null
  owner: string | null
  nature: terms.Nature | null
  band: Band | null
  category: string | null
  likelihood: number | null
  impact: number | null
  response: 'none' | null
  priority: terms.Priority | null
  kind: keyof typeof terms.issueKinds | null
  /** The direction of a dependency; `direction` is that of the sort. */
  flow: keyof typeof terms.directions | null
  review: 'overdue' | null
  overdue: boolean
  project: string | null
  /** Across projects: those of one programme. */
  programme: string | null
  escalation: keyof typeof terms.escalations | null
  import: string | null
  /** Changed at that time or later. */
  since: string | null
  sort: Sort
  direction: 'asc' | 'desc'
  after: string | null
  before: string | null
  perPage: number
  /** The row whose status and owner are being edited in the list. */
  edit: string | null
  /** Every row is selected to be reviewed together. */
  picked: boolean
  /** Across projects: the view that the list was opened with, so that it can be saved again; it filters nothing. */
  from: string | null
}

const DEFAULT_SORT: Record<RaidType, [Sort, 'asc' | 'desc']> = {
  risk: ['rating', 'desc'],
  assumption: ['rating', 'desc'],
  issue: ['rating', 'desc'],
  dependency: ['due', 'asc'],
  decision: ['ref', 'desc'],
}

/** Reads the filters of a query string, ignoring unknown ones, so that no URL is an error. */
export function readFilters(query: Record<string, unknown>): ListFilters {
  const given = new QueryString(query)
  const type = given.keyOf('type', terms.types) ?? 'risk'
  const review = given.oneOf('review', ['overdue'])
  const [sort, direction] = usualOrder({ type, review })
  return {
    type,
    q: given.search,
    status: given.keyOf('status', terms.statuses[type]),
    state: given.oneOf('state', ['open', 'settled']),
    owner: given.id('owner', 'none', 'me'),
    ...NO_OWN_FILTERS,
    ...ownFilters(type, given),
    review,
    overdue: given.text('overdue') === '1',
    project: given.id('project'),
    programme: given.id('programme'),
    escalation: given.keyOf('escalation', terms.escalations),
    import: given.id('import'),
    since: given.moment('since'),
    sort: given.oneOf('sort', review ? sorts : sorts.filter((one) => one !== 'review')) ?? sort,
    direction:
      given.oneOf('direction', ['asc', 'desc']) ?? (given.text('sort') ? 'asc' : direction),
    ...given.place,
    edit: given.id('edit'),
    picked: given.text('select') === 'page',
    from: given.id('from'),
    perPage: given.perPage,
  }
}

/** What only entries of one type can be narrowed by. */
type OwnFilters = Pick<
  ListFilters,
  | 'nature'
  | 'band'
  | 'category'
  | 'likelihood'
  | 'impact'
  | 'response'
  | 'priority'
  | 'kind'
  | 'flow'
>

function ownFilters(type: RaidType, given: QueryString): Partial<OwnFilters> {
  if (type === 'risk') return riskFilters(given)
  if (type === 'issue') {
    return {
      priority: given.keyOf('priority', terms.priorities),
      kind: given.keyOf('kind', terms.issueKinds),
    }
  }
  return type === 'dependency' ? { flow: given.keyOf('flow', terms.directions) } : {}
}

function riskFilters(given: QueryString) {
  const level = (name: string) => LEVELS.find((value) => String(value) === given.text(name)) ?? null
  return {
    nature: given.keyOf('nature', terms.natures),
    band: given.oneOf('band', bandNames),
    category: given.keyOf('category', categoryLabels()),
    likelihood: level('likelihood'),
    impact: level('impact'),
    response: given.oneOf('response', ['none']),
  }
}

const NO_OWN_FILTERS: OwnFilters = {
  nature: null,
  band: null,
  category: null,
  likelihood: null,
  impact: null,
  response: null,
  priority: null,
  kind: null,
  flow: null,
}

const NARROWING = [
  ...(['q', 'status', 'state', 'owner', 'nature', 'band', 'category', 'likelihood'] as const),
  ...(['impact', 'response', 'priority', 'kind', 'flow', 'review', 'overdue', 'project'] as const),
  ...(['programme', 'escalation', 'import', 'since'] as const),
]

/** True when the list leaves out anything of its type. */
export function isNarrowed(filters: ListFilters) {
  return NARROWING.some((name) => filters[name])
}

/** Entries due for review are listed as a queue. */
function usualOrder({
  type,
  review,
}: Pick<ListFilters, 'type' | 'review'>): [Sort, 'asc' | 'desc'] {
  return review ? ['review', 'asc'] : DEFAULT_SORT[type]
}

/** True when the list is in the default order of its type. */
export function isUsualOrder({ sort, direction, ...asked }: ListFilters) {
  const [usual, way] = usualOrder(asked)
  return sort === usual && direction === way
}

/** A list that is no longer a queue has no order by review date. */
function inOrder(filters: ListFilters): ListFilters {
  if (filters.review || filters.sort !== 'review') return filters
  const [sort, direction] = usualOrder(filters)
  return { ...filters, sort, direction }
}

/** The query string of a list like `filters` with some parts changed; it always begins at the first page. */
export function listQuery(filters: ListFilters, changes: Partial<ListFilters> = {}) {
  const wanted = inOrder({ ...filters, after: null, before: null, ...changes })
  const query = new URLSearchParams({ type: wanted.type })
  for (const name of NARROWING)
    if (wanted[name]) query.set(name, wanted[name] === true ? '1' : String(wanted[name]))
  if (!isUsualOrder(wanted)) {
    query.set('sort', wanted.sort)
    query.set('direction', wanted.direction)
  }
  if (wanted.from) query.set('from', wanted.from)
  tellPage(query, wanted)
  return `?${query}`
}
