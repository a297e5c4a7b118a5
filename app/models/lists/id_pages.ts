import {
  cutBatch,
  decodeIdCursor,
  readPage,
  type Batch,
  type Cursor,
  type Page,
  type Place,
} from '#models/lists/keyset'
import type { Condition } from '#tenancy/conditions'

type Direction = 'asc' | 'desc'

/** A list in the order of its ids, which is that of time: latest first, unless it says otherwise. */
type IdList = { place: Place; ids: string; perPage: number; direction?: Direction }

/** Part of such a list, latest first, for an export that walks through it. */
type IdBatch = { after: Cursor | null; ids: string; size: number }

/** Reads up to so many rows in this order, from where the condition says or from the start. */
export type Read<Row> = (
  from: Condition | null,
  order: Direction,
  limit: number
) => PromiseLike<Row[]>

/** One page of a list in the order of its ids. */
export async function readByIds<Row extends { id: string }>(
  { place, ids, perPage, direction = 'desc' }: IdList,
  read: Read<Row>
): Promise<Page<Row>> {
  return readPage(
    { ...place, perPage, decode: decodeIdCursor },
    async ({ after, before }, limit) => {
      const order = before ? opposite(direction) : direction
      return read(beyond(ids, after ?? before, order), order, limit)
    },
    cursorOf
  )
}

/** The same for the rows of a query builder. */
export function queryByIds<Row extends { id: string }>(list: IdList, query: any) {
  return readByIds<Row>(list, (from, order, limit) => {
    const part = query.clone()
    if (from) part.whereRaw(...from)
    return part.orderBy(list.ids, order).limit(limit)
  })
}

/** The next rows after a cursor, for exports that walk through the whole list. */
export async function batchByIds<Row extends { id: string }>(
  { after, ids, size }: IdBatch,
  read: Read<Row>
): Promise<Batch<Row>> {
  const rows = await read(beyond(ids, after, 'desc'), 'desc', size)
  return cutBatch(rows, size, cursorOf)
}

function beyond(ids: string, cursor: Cursor | null, order: Direction): Condition | null {
  return cursor && [`${ids} ${order === 'asc' ? '>' : '<'} ?`, [cursor[1]]]
}

function opposite(direction: Direction): Direction {
  return direction === 'asc' ? 'desc' : 'asc'
}

function cursorOf({ id }: { id: string }): Cursor {
  return [id, id]
}
