import { validate as isUuid } from 'uuid'

/** The last row of a page: its sort value, and the tie-breaker that makes it unique. */
export type Cursor = [value: string | number | null, tie: string | number]

/** Where in a list a page begins, as written in a URL: after one cursor, or before another. */
export type Place = { after: string | null; before: string | null }

/** The same once read: at most one of them. Without either, the list is read from its beginning, or from its end. */
export type Position = { after: Cursor | null; before: Cursor | null; isFromEnd?: boolean }

type Decode = (text: string | null) => Cursor | null

/** A cursor as written in a URL. */
export function encodeCursor(cursor: Cursor) {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url')
}

/** Reads a cursor; null when it is invalid, so that a mangled URL shows the first page. */
export function decodeCursor(text: string | null): Cursor | null {
  if (!text) return null
  try {
    const cursor = JSON.parse(Buffer.from(text, 'base64url').toString())
    return Array.isArray(cursor) && cursor.length === 2 && cursor.every(isScalar)
      ? (cursor as Cursor)
      : null
  } catch {
    return null
  }
}

/** The same for lists in the order of ids. */
export function decodeIdCursor(text: string | null): Cursor | null {
  const cursor = decodeCursor(text)
  return cursor && isUuid(cursor[1]) ? cursor : null
}

/** Reads where a page begins; `after` takes precedence over `before`. */
function readPosition({ after, before }: Place, decode: Decode): Position {
  const last = decode(after)
  return { after: last, before: last ? null : decode(before) }
}

/** PostgreSQL accepts no null characters. */
function isScalar(value: unknown) {
  return typeof value === 'string' ? !value.includes('\0') : Number.isSafeInteger(value)
}

export type Page<Row> = {
  rows: Row[]
  next: Cursor | null
  previous: Cursor | null
  /** Why it is the first page although another was asked for. */
  startedOver?: 'unknown_cursor' | 'nothing_there'
}

/**
 * Cuts one page out of `perPage + 1` rows read in the page's direction. Rows read backwards (`before`) are reversed, so
 * that a page always reads forwards.
 */
function cutPage<Row>(
  rows: Row[],
  perPage: number,
  position: Position,
  cursorOf: (row: Row) => Cursor
): Page<Row> {
  const backwards = !position.after && position.before !== null
  const more = rows.length > perPage
  const page = rows.slice(0, perPage)
  if (backwards) page.reverse()
  const hasNext = backwards ? true : more
  const hasPrevious = backwards ? more : position.after !== null
  return {
    rows: page,
    next: hasNext && page.length > 0 ? cursorOf(page[page.length - 1]) : null,
    previous: hasPrevious && page.length > 0 ? cursorOf(page[0]) : null,
  }
}

/** Part of a whole list, and where the next part begins; null after the last. */
export type Batch<Row> = { rows: Row[]; next: Cursor | null }

/** The next part of a list that is walked through as a whole, from up to `size` rows read. */
export function cutBatch<Row>(
  rows: Row[],
  size: number,
  cursorOf: (row: Row) => Cursor
): Batch<Row> {
  return { rows, next: rows.length === size ? cursorOf(rows[size - 1]) : null }
}

/** Reads up to so many rows of a list in its own order, from a position on. */
type Read<Row> = (position: Position, limit: number) => Promise<Row[]>

const START: Position = { after: null, before: null }

/**
 * One page of a list: one row more than it shows tells whether there is another page. The first page if the rows that
 * were there have left the list since, and in place of a beginning that would be shorter than a page.
 */
export async function readPage<Row>(
  { perPage, decode = decodeCursor, ...place }: Place & { perPage: number; decode?: Decode },
  read: Read<Row>,
  cursorOf: (row: Row) => Cursor
): Promise<Page<Row>> {
  const position = readPosition(place, decode)
  const { after, before } = position
  const rows = await read(position, perPage + 1)
  if (before ? rows.length >= perPage : !after || rows.length > 0) {
    const page = cutPage(rows, perPage, position, cursorOf)
    const isUnknown = !after && !before && (place.after || place.before)
    return isUnknown ? { ...page, startedOver: 'unknown_cursor' } : page
  }
  const first = await read(START, perPage + 1)
  return { ...cutPage(first, perPage, START, cursorOf), startedOver: 'nothing_there' }
}

/** The next rows after a cursor, for exports that walk through the whole list. */
export async function readBatch<Row>(
  after: Cursor | null,
  size: number,
  read: Read<Row>,
  cursorOf: (row: Row) => Cursor
): Promise<Batch<Row>> {
  const rows = await read({ after, before: null }, size)
  return cutBatch(rows, size, cursorOf)
}
