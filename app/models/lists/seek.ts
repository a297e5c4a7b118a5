import { validate as isUuid } from 'uuid'
import { isRealDay } from '#models/days'
import { decodeCursor, type Cursor, type Position } from '#models/lists/keyset'
import type { Condition, Conditions } from '#tenancy/conditions'

const FORMS = {
  integer: /^\d{1,9}$/,
  smallint: /^\d{1,4}$/,
  text: /^[^\u0000]*$/,
  date: /^(infinity|[12]\d{3}-\d\d-\d\d)$/,
  timestamptz:
    /^[12]\d{3}-\d\d-\d\d ([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?[+-](0\d|1[0-4])(:[0-5]\d)?$/,
}

/**
 * What a list is sorted by: an indexed expression, and the type that its cursor is read as. `blanks_last`: rows whose
 * value is infinite have none, and come last in both directions.
 */
export type SortKey = [expression: string, type: keyof typeof FORMS, blanks?: 'blanks_last']

/** What makes the order of equal values certain: an id, or a number or code that is unique within the list. */
type Tie = { column: string; type: 'uuid' | 'integer' | 'text' }

/** Starts after (or before) the cursor and returns the order in which to continue. */
export function seek(
  conditions: Conditions,
  [expression, type]: SortKey,
  tie: Tie,
  direction: 'asc' | 'desc',
  { after, before, isFromEnd }: Position
) {
  const forwards = direction === (before || isFromEnd ? 'desc' : 'asc')
  const cursor = after ?? before
  if (cursor) {
    conditions.add(
      `(${expression}, ${tie.column}) ${forwards ? '>' : '<'} (?::${type}, ?::${tie.type})`,
      ...cursor
    )
  }
  const order = forwards ? 'asc' : 'desc'
  return `${expression} ${order}, ${tie.column} ${order}`
}

type Read<Row> = (position: Position, limit: number, part: Condition | null) => Promise<Row[]>

/**
 * Reads up to so many rows in this order from a position on. One index serves both directions, so that in descending
 * order what has no value would come first: it is read as a part of its own, after the other.
 */
export async function readSorted<Row>(
  { key: [expression, , blanks], direction }: { key: SortKey; direction: 'asc' | 'desc' },
  position: Position,
  limit: number,
  read: Read<Row>
): Promise<Row[]> {
  if (!blanks || direction === 'asc') return read(position, limit, null)
  const cursor = position.after ?? position.before
  const isBackwards = position.before !== null
  const parts = [`${expression} < 'infinity'`, `${expression} = 'infinity'`]
  if (isBackwards) parts.reverse()
  const isInSecond = cursor !== null && (cursor[0] === 'infinity') !== isBackwards
  const [part, other] = isInSecond ? [parts[1]] : parts
  const rows = await read(position, limit, [part, []])
  if (!other || rows.length === limit) return rows
  const start = { after: null, before: null, isFromEnd: isBackwards }
  return [...rows, ...(await read(start, limit - rows.length, [other, []]))]
}

/** Reads the cursors of a list in this order; others are null, so that none becomes a database error. */
export function cursorsOf([, type]: SortKey, tie: Tie) {
  return (text: string | null) => {
    const cursor = decodeCursor(text)
    return cursor && isOfType(cursor, type, tie) ? cursor : null
  }
}

function isOfType([value, last]: Cursor, type: SortKey[1], tie: Tie) {
  const text = String(value)
  const isDated = type !== 'text' && /^\d{4}-/.test(text)
  const validTie = tie.type === 'uuid' ? isUuid(last) : FORMS[tie.type].test(String(last))
  return FORMS[type].test(text) && validTie && (!isDated || isRealDay(text.slice(0, 10)))
}
