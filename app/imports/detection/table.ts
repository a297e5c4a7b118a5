import type { ChoiceReader } from '#imports/vocabulary/choice_reader'
import type { Cell, Sheet, SheetRow } from '#imports/workbook/workbook'

/** A column of a table; marks columns read several sheet columns as one. */
export type TableColumn = {
  key: string
  columns: number[]
  header: string
  group: string
  labels: string[]
  isMarks: boolean
  hidden: boolean
}

export type LeftOutColumn = { key: string; columns: number[]; header: string; reason: string }

/** A table found in a sheet, with everything around it accounted for. */
export type DetectedTable = {
  id: string
  sheet: Sheet
  headerRows: number[]
  titles: string[]
  before: SheetRow[]
  rows: SheetRow[]
  columns: TableColumn[]
  leftOut: LeftOutColumn[]
  /** How its choice fields are read. */
  choices: ChoiceReader
}

export type SheetVerdict =
  | 'table'
  | 'empty'
  | 'instructions'
  | 'lookup'
  | 'pivot'
  | 'heat_map'
  | 'no_table'

export type SheetReport = {
  name: string
  hidden: boolean
  verdict: SheetVerdict
  reason: string
  rows: number
}

/** What a column shows in a row: the cell, or the label above its mark. */
export function cellOf(row: SheetRow, column: TableColumn): Cell | null {
  if (!column.isMarks) return row.cells.get(column.columns[0]) ?? null
  const marked = column.columns.findIndex((index) => row.cells.has(index))
  return marked < 0 ? null : { text: column.labels[marked] }
}

/** The trimmed text of a row's cells. */
export function cellTexts(row: SheetRow): string[] {
  return [...row.cells.values()].map((cell) => cell.text.trim())
}
