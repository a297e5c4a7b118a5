import { decodeCursor, encodeCursor, type Page } from '#models/lists/keyset'
import { refuseAll } from '#models/violation'
import { represent, schemaOf, type Schema, type Shape } from '#pages/api/shape'
import { Problem } from '#registries/problems'

type Query = Record<string, unknown>

/** One page of a list in JSON. */
export type ListAnswer = { data: Record<string, unknown>[]; next_cursor: string | null }

/** The filters of an address as the lists of pages read them: `cursor` is where they continue. */
export function filtersOf({ cursor, after: _after, before: _before, ...filters }: Query): Query {
  if (cursor === undefined) return filters
  if (typeof cursor !== 'string' || !decodeCursor(cursor)) throw new Problem('invalid_cursor')
  return { ...filters, after: cursor }
}

/**
 * Refuses filters with these names that were not understood. Pages ignore those, but a program would get everything.
 */
export function refuseMisread<Filters extends object>(
  query: Query,
  filters: Filters,
  names: readonly (keyof Filters & string)[]
) {
  const misread = names.filter((name) => query[name] && !filters[name])
  refuseAll(misread.map((field) => ({ field, message: 'Nothing in this list has it' })))
}

/** A page of rows, and where the next one begins. */
export function listAnswer(
  shapeFor: (row: any) => Shape,
  { rows, next, startedOver }: Pick<Page<object>, 'rows' | 'next' | 'startedOver'>
): ListAnswer {
  if (startedOver === 'unknown_cursor') throw new Problem('invalid_cursor')
  // A program that reads on must not be given the beginning once more.
  if (startedOver) return { data: [], next_cursor: null }
  return {
    data: rows.map((row) => represent(shapeFor(row), row)),
    next_cursor: next && encodeCursor(next),
  }
}

/** The schema of every list. */
export function listSchema(items: Schema): Schema {
  return {
    type: 'object',
    required: ['data', 'next_cursor'],
    additionalProperties: false,
    properties: {
      data: { type: 'array', items },
      next_cursor: {
        type: ['string', 'null'],
        description: 'Ask for it as `cursor` to go on; null at the end.',
      },
    },
  }
}

/** The schema of a list whose rows have one shape. */
export function listSchemaOf(shape: Shape) {
  return listSchema(schemaOf(shape))
}
