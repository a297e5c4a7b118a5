import { DateTime } from 'luxon'
import { validate as isUuid } from 'uuid'
import { beginning } from '#models/text/beginning'
import type { Place } from '#models/lists/keyset'

type Query = Record<string, unknown>

const LONGEST_SEARCH = 200

const WITH_ZONE = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/

/** How many rows a page of a list holds, unless its reader wants another number. */
const PER_PAGE = 25
const MOST_PER_PAGE = 100

/** One trimmed value of a query string, without the character that PostgreSQL refuses; null when there is none. */
export function textOf(query: Query, name: string) {
  const value = query[name]
  return typeof value === 'string' ? value.replaceAll('\u0000', '').trim() || null : null
}

/** A date and time with its zone: without one it would be a different moment for each reader. */
export function isMoment(text: string | null): text is string {
  return text !== null && WITH_ZONE.test(text) && DateTime.fromISO(text).isValid
}

/** Where in a list a query string begins. */
export function placeIn(query: Query): Place {
  return { after: textOf(query, 'after'), before: textOf(query, 'before') }
}

/** Writes into a query string which page of a list it leads to, as far as that is not the default. */
export function tellPage(query: URLSearchParams, { after, before, perPage }: PageWanted) {
  if (perPage !== PER_PAGE) query.set('per_page', String(perPage))
  if (after) query.set('after', after)
  if (before) query.set('before', before)
}

type PageWanted = Place & { perPage: number }

/** Reads a query string by name. Unknown names are null, so that no URL is an error. */
export class QueryString {
  constructor(private query: Query) {}

  text(name: string) {
    return textOf(this.query, name)
  }

  /** The search text. */
  get search() {
    const text = this.text('q')
    return text && beginning(text, LONGEST_SEARCH, '')
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T | null {
    return values.find((value) => value === this.text(name)) ?? null
  }

  /** One of the keys of an enumeration. */
  keyOf<T extends object>(name: string, of: T) {
    return this.oneOf(name, Object.keys(of) as (keyof T & string)[])
  }

  /** An id, or one of the words allowed in place of one. */
  id<T extends string>(name: string, ...words: T[]): string | null {
    const text = this.text(name)
    return isUuid(text) || words.some((word) => word === text) ? text : null
  }

  /** A moment with its zone, as UTC. */
  moment(name: string) {
    const text = this.text(name)
    return isMoment(text) ? DateTime.fromISO(text).toUTC().toISO() : null
  }

  get place() {
    return placeIn(this.query)
  }

  /** How many rows a page holds, if the query string asks for a sensible number. */
  get perPage() {
    const asked = Math.trunc(Number(this.text('per_page')))
    return Math.min(MOST_PER_PAGE, Math.max(1, asked || PER_PAGE))
  }
}

/** What a saved query string contains: text by name, or a list when a name occurs more than once. */
export function givenIn(query: string): Query {
  const given: Query = {}
  for (const [name, value] of new URLSearchParams(query)) {
    given[name] = name in given ? [given[name], value].flat() : value
  }
  return given
}
