import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'

/** A column's heading and where its value comes from. */
export type CsvColumn<Row> = { header: string; value: (row: Row) => string | number | null }

/** Excel takes a file without it for the local code page. */
const BOM = '\uFEFF'

/**
 * Rows as a CSV file, one batch in memory at a time. What a spreadsheet would run as a formula is
 * disarmed. An error while reading breaks the stream off: half a file must not pass for a whole one.
 */
export function csvStream<Row>(columns: CsvColumn<Row>[], batches: AsyncIterable<Row[]>): Readable {
  return Readable.from(chunks(columns, batches), { objectMode: false })
}

async function* chunks<Row>(columns: CsvColumn<Row>[], batches: AsyncIterable<Row[]>) {
  yield BOM + lines([columns.map(({ header }) => header)])
  for await (const batch of batches) {
    if (batch.length > 0) yield lines(batch.map((row) => columns.map(({ value }) => value(row))))
  }
}

/** Line breaks inside a value are quoted whichever they are; the library quotes only its own kind. */
function lines(rows: unknown[][]) {
  return stringify(rows, {
    escape_formulas: true,
    record_delimiter: 'windows',
    quoted_match: /[\r\n]/,
  })
}
