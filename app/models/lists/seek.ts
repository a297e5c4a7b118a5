import { validate as isUuid } from 'uuid'
import { isRealDay } from '#models/days'
import type { Cursor, Position } from '#models/lists/keyset'
import type { Conditions } from '#tenancy/conditions'

const FORMS = {
  integer: /^\d{1,9}$/,
  smallint: /^\d{1,4}$/,
  text: /^[^\u0000]*$/,
  date: /^(infinity|[12]\d{3}-\d\d-\d\d)$/,
  timestamptz:
    /^[12]\d{3}-\d\d-\d\d ([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?[+-](0\d|1[0-4])(:[0-5]\d)?$/,
}

/** What a list is sorted by: an indexed expression, and the type that its cursor is read as. */
export type SortKey = [expression: string, type: keyof typeof FORMS]

/** What makes the order of equal values certain: an id, or a number or code that is unique within the list. */
type Tie = { column: string; type: 'uuid' | 'integer' | 'text' }

/** Starts after (or before) the cursor and returns the order in which to continue. */
export function seek(
  conditions: Conditions,
  [expression, type]: SortKey,
  tie: Tie,
  direction: 'asc' | 'desc',
  { after, before }: Position
) {
  const forwards = direction === (before ? 'desc' : 'asc')
  const cursor = after ?? before
  if (cursor && isOfType(cursor, type, tie)) {
    conditions.add(
      `(${expression}, ${tie.column}) ${forwards ? '>' : '<'} (?::${type}, ?::${tie.type})`,
      ...cursor
    )
  }
  const order = forwards ? 'asc' : 'desc'
  return `${expression} ${order}, ${tie.column} ${order}`
}

/** A cursor typed by hand must not become a database error. */
function isOfType([value, last]: Cursor, type: SortKey[1], tie: Tie) {
  const text = String(value)
  const isDated = type !== 'text' && /^\d{4}-/.test(text)
  const validTie = tie.type === 'uuid' ? isUuid(last) : FORMS[tie.type].test(String(last))
  return FORMS[type].test(text) && validTie && (!isDated || isRealDay(text.slice(0, 10)))
}
