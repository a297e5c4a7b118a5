import { Readable } from 'node:stream'
import type { Column } from '#exports/list'

/**
 * Rows as one JSON array of objects, one batch in memory at a time. Every object has every key, null where
 * there is nothing; days are `YYYY-MM-DD`, moments ISO 8601 in UTC, choices their codes.
 */
export function jsonStream<Row>(columns: Column<Row>[], batches: AsyncIterable<Row[]>): Readable {
  return Readable.from(chunks(columns, batches), { objectMode: false })
}

async function* chunks<Row>(columns: Column<Row>[], batches: AsyncIterable<Row[]>) {
  let separator = '[\n'
  for await (const batch of batches) {
    if (batch.length === 0) continue
    yield separator + batch.map((row) => JSON.stringify(objectOf(columns, row))).join(',\n')
    separator = ',\n'
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n'
}

function objectOf<Row>(columns: Column<Row>[], row: Row) {
  return Object.fromEntries(columns.map(({ key, value, code = value }) => [key, code(row) ?? null]))
}
