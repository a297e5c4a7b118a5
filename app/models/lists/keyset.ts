import { validate as isUuid } from 'uuid'

/** The last row of a page: its sort value, and the tie-breaker that makes it unique. */
export type Cursor = [value: string | number | null, tie: string | number]

/** Where in a list a page begins, as written in a URL: after one cursor, or before another. */
export type Place = { after: string | null; before: string | null }

/** The same once read: at most one of them. */
export type Position = { after: Cursor | null; before: Cursor | null }

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
export function readPosition({ after, before }: Place, decode = decodeCursor): Position {
  const last = decode(after)
  return { after: last, before: last ? null : decode(before) }
}

/** PostgreSQL accepts no null characters. */
function isScalar(value: unknown) {
  return typeof value === 'string' ? !value.includes('\0') : Number.isSafeInteger(value)
}

export type Page<Row> = { rows: Row[]; next: Cursor | null; previous: Cursor | null }

/**
 * Cuts one page out of `perPage + 1` rows read in the page's direction. Rows read backwards (`before`) are reversed, so
 * that a page always reads forwards.
 */
export function cutPage<Row>(
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

/** One page of a list: one row more than it shows tells whether there is another page. */
export async function readPage<Row>(
  place: Place & { perPage: number },
  read: Read<Row>,
  cursorOf: (row: Row) => Cursor
): Promise<Page<Row>> {
  const position = readPosition(place)
  const rows = await read(position, place.perPage + 1)
  return cutPage(rows, place.perPage, position, cursorOf)
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
