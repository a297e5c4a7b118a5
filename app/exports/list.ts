import type { CsvColumn } from '#exports/csv_stream'

/** How a column's values are typed: one line by default, longer text, a day, or a moment as ISO 8601. */
export type ColumnKind = 'line' | 'text' | 'number' | 'date' | 'instant'

/**
 * A column of a list in every format. `key` is what JSON calls it, and stays; `code` is the value for programs
 * where people read a label.
 */
export type Column<Row> = CsvColumn<Row> & {
  key: string
  kind?: ColumnKind
  code?: (row: Row) => Value
}

export type Value = string | number | null

/** A list to be exported: `kind` is what the audit trail calls it, `name` begins the name of its file. */
export type ExportedList<Row> = {
  kind: string
  name: string
  columns: Column<Row>[]
  batches: AsyncIterable<Row[]>
}

export const FORMATS = ['csv', 'xlsx', 'json'] as const
export type Format = (typeof FORMATS)[number]
