import type { MergedAreas } from '#imports/workbook/merged_areas'

/** One non-blank cell, with what its number format says about it. */
export type Cell = {
  text: string
  number?: number
  date?: string
  percent?: boolean
  formula?: boolean
  bold?: boolean
  indent?: number
  comment?: string
}

/** One row with content; number counts from 1 as the spreadsheet shows it. */
export type SheetRow = {
  number: number
  hidden: boolean
  level: number
  cells: Map<number, Cell>
}

/** A merged area, all bounds inclusive, columns from 0. */
export type Merge = { top: number; left: number; bottom: number; right: number }

/** The values a list validation allows in an area. */
export type AllowedValues = Merge & { values: string[] }

export type Sheet = {
  name: string
  hidden: boolean
  rows: SheetRow[]
  merges: MergedAreas
  hiddenColumns: Set<number>
  allowed: AllowedValues[]
  hasPivot: boolean
  epoch1904: boolean
}

/** `xml` is what Microsoft Project and Jira write. */
export type FileFormat = 'xlsx' | 'csv' | 'xml'

export type Workbook = {
  fileName: string
  format: FileFormat
  sheets: Sheet[]
  warnings: string[]
}

/** 0 -> A, 26 -> AA. */
export function columnName(index: number): string {
  let name = ''
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name
  }
  return name
}

/** A -> 0, AA -> 26; -1 for anything else. */
export function columnIndex(name: string): number {
  if (!/^[A-Z]{1,3}$/i.test(name)) return -1
  return [...name.toUpperCase()].reduce((sum, c) => sum * 26 + c.charCodeAt(0) - 64, 0) - 1
}
