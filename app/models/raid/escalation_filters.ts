import { QueryString, tellPage } from '#models/lists/query_string'
import {
  escalationLevels,
  types,
  type EscalationLevel,
  type RaidType,
} from '#models/raid/enumerations'

/** What the list of escalations shows: all of it is in the URL. */
export type EscalationFilters = {
  level: EscalationLevel | null
  /** Waiting for an answer, or accepted. */
  state: 'open' | 'accepted' | null
  type: RaidType | null
  programme: string | null
  project: string | null
  /** Only what the viewer has to answer. */
  asked: 'me' | null
  sort: 'since' | 'due'
  direction: 'asc' | 'desc'
  after: string | null
  before: string | null
  perPage: number
}

/** Reads the filters of a query string, ignoring unknown ones, so that no URL is an error. */
export function readEscalationFilters(query: Record<string, unknown>): EscalationFilters {
  const given = new QueryString(query)
  const sort = given.oneOf('sort', ['since', 'due']) ?? 'since'
  return {
    level: given.keyOf('level', escalationLevels),
    state: given.oneOf('state', ['open', 'accepted']),
    type: given.keyOf('type', types),
    programme: given.id('programme'),
    project: given.id('project'),
    asked: given.oneOf('asked', ['me']),
    sort,
    direction: given.oneOf('direction', ['asc', 'desc']) ?? (sort === 'since' ? 'desc' : 'asc'),
    ...given.place,
    perPage: given.perPage,
  }
}

const NARROWING = ['level', 'state', 'type', 'programme', 'project', 'asked'] as const

/** True when the list leaves anything out. */
export function isNarrowed(filters: EscalationFilters) {
  return NARROWING.some((name) => filters[name])
}

/** The query string of a list like `filters` with some parts changed; it always begins at the first page. */
export function escalationQuery(
  filters: EscalationFilters,
  changes: Partial<EscalationFilters> = {}
) {
  const wanted = { ...filters, after: null, before: null, ...changes }
  const query = new URLSearchParams()
  for (const name of NARROWING) if (wanted[name]) query.set(name, wanted[name])
  if (wanted.sort !== 'since') query.set('sort', wanted.sort)
  if (wanted.direction !== (wanted.sort === 'since' ? 'desc' : 'asc')) {
    query.set('direction', wanted.direction)
  }
  tellPage(query, wanted)
  const text = String(query)
  return text && `?${text}`
}
