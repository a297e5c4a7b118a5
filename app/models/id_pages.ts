import { cutPage, decodeIdCursor, readPosition, type Page, type Place } from '#models/keyset'
import type { Condition } from '#tenancy/conditions'

/** A list in the order of its ids, which is that of time: the latest first, unless it says otherwise. */
type IdList = { place: Place; ids: string; perPage: number; direction?: 'asc' | 'desc' }

/** Reads the rows that begin where the condition says, or from the start, in this order, so many at the most. */
type Read<Row> = (
  from: Condition | null,
  order: 'asc' | 'desc',
  limit: number
) => PromiseLike<Row[]>

/** One page of a list in the order of its ids. */
export async function readByIds<Row extends { id: string }>(
  { place, ids, perPage, direction = 'desc' }: IdList,
  read: Read<Row>
): Promise<Page<Row>> {
  const position = readPosition(place, decodeIdCursor)
  const forwards = direction === (position.before ? 'desc' : 'asc')
  const cursor = position.after ?? position.before
  const from: Condition | null = cursor && [`${ids} ${forwards ? '>' : '<'} ?`, [cursor[1]]]
  const rows = await read(from, forwards ? 'asc' : 'desc', perPage + 1)
  return cutPage(rows, perPage, position, ({ id }) => [id, id])
}

/** The same of what a query finds. */
export function queryByIds<Row extends { id: string }>(list: IdList, query: any) {
  return readByIds<Row>(list, (from, order, limit) => {
    if (from) query.whereRaw(...from)
    return query.orderBy(list.ids, order).limit(limit)
  })
}
