import { Readable } from 'node:stream'
import { csvText } from '#exports/csv_stream'
import type { Listing } from '#exports/listing'
import type { Row } from '#exports/records/pages'
import { Spool } from '#exports/spool'
import type { ZippedFile } from '#exports/zip'

/** Rows that become a JSON file and a CSV file of the same name. */
type RecordSet = {
  name: string
  columns: string[]
  /** An array, or one JSON value a line. */
  format: 'array' | 'lines'
  pages: AsyncGenerator<Row[]>
  /** Receives each page as it passes. */
  onRows?: (count: number) => void | Promise<void>
}

/**
 * Both files of a set, from one read: the CSV is held back, encrypted, until the JSON has been sent. Nothing when there
 * are no rows.
 */
export async function* recordFiles(set: RecordSet, listing: Listing): AsyncGenerator<ZippedFile> {
  const first = await set.pages.next()
  if (first.done) return
  const { name, format } = set
  const spool = await Spool.open()
  try {
    const texts = jsonTexts(set, first.value, spool)
    const extension = format === 'array' ? 'json' : 'jsonl'
    const json = Readable.from(texts, { objectMode: false })
    yield listing.add(`data/${name}.${extension}`, json)
    yield listing.add(`csv/${name}.csv`, await spool.read())
  } finally {
    await spool.discard()
  }
}

async function* jsonTexts(set: RecordSet, first: Row[], spool: Spool) {
  const { columns, format } = set
  await spool.write(csvText([columns], true))
  let count = 0
  for await (const rows of pagesFrom(first, set.pages)) {
    await spool.write(csvText(rows.map((row) => columns.map((name) => cell(row[name])))))
    yield rows.map((row, index) => separator(format, count + index) + JSON.stringify(row)).join('')
    count += rows.length
    await set.onRows?.(rows.length)
  }
  yield format === 'array' ? '\n]\n' : '\n'
}

async function* pagesFrom(first: Row[], rest: AsyncGenerator<Row[]>) {
  yield first
  yield* rest
}

function separator(format: RecordSet['format'], index: number) {
  if (format === 'lines') return index === 0 ? '' : '\n'
  return index === 0 ? '[\n' : ',\n'
}

function cell(value: unknown) {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return String(value)
  return typeof value === 'object' ? JSON.stringify(value) : value
}
