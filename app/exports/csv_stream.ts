import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import type { HttpContext } from '@adonisjs/core/http'
import { dated, sendDownload } from '#exports/download'

/** A column's heading and where its value comes from. */
export type CsvColumn<Row> = { header: string; value: (row: Row) => string | number | null }

/** Without it Excel reads the file in the local code page. */
const BOM = '\uFEFF'

/**
 * Rows as a CSV file, with one batch in memory at a time. Values that a spreadsheet would run as a formula are
 * disarmed. An error while reading breaks the stream off, because half a file must not pass for a whole one.
 */
export function csvStream<Row>(columns: CsvColumn<Row>[], batches: AsyncIterable<Row[]>): Readable {
  return Readable.from(chunks(columns, batches), { objectMode: false })
}

/** Answers with rows as a CSV download, named for what it holds and the day. */
export function sendCsv<Row>(
  response: HttpContext['response'],
  name: string,
  columns: CsvColumn<Row>[],
  batches: AsyncIterable<Row[]>
) {
  const file = { name: dated(name, 'csv'), type: 'text/csv; charset=utf-8' }
  return sendDownload(response, file, csvStream(columns, batches))
}

async function* chunks<Row>(columns: CsvColumn<Row>[], batches: AsyncIterable<Row[]>) {
  yield BOM + lines([columns.map(({ header }) => header)])
  for await (const batch of batches) {
    if (batch.length > 0) yield lines(batch.map((row) => columns.map(({ value }) => value(row))))
  }
}

/** Rows of values as part of a CSV file; the first part starts it. */
export function csvText(rows: unknown[][], isFirst = false) {
  return (isFirst ? BOM : '') + lines(rows)
}

/** Line breaks inside a value are quoted whatever their kind; the library quotes only its own. */
function lines(rows: unknown[][]) {
  return stringify(rows, {
    escape_formulas: true,
    record_delimiter: 'windows',
    quoted_match: /[\r\n]/,
  })
}
