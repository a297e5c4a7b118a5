import { buildColumns } from '#imports/detection/columns'
import { findHeaders, headerAtRow, type HeaderAt } from '#imports/detection/find_headers'
import { splitBlocks } from '#imports/detection/side_blocks'
import { cellTexts, type DetectedTable, type SheetReport } from '#imports/detection/table'
import {
  isHeatMap,
  isPivot,
  verdictByName,
  verdictOf,
  verdictWithoutTable,
} from '#imports/detection/verdicts'
import { usualChoices } from '#imports/vocabulary/choice_reader'
import { kindsIn } from '#imports/vocabulary/kinds'
import type { Sheet, SheetRow, Workbook } from '#imports/workbook/workbook'

type Detection = { sheets: SheetReport[]; tables: DetectedTable[] }

/** Finds the tables of a workbook and says why every other sheet has none. */
export function detectTables(
  workbook: Workbook,
  headerRows: Record<string, number> = {}
): Detection {
  const detection: Detection = { sheets: [], tables: [] }
  for (const sheet of workbook.sheets) {
    const tables = tablesIn(sheet, workbook.format === 'csv', headerRows[sheet.name])
    detection.tables.push(...tables)
    detection.sheets.push(report(sheet, tables))
  }
  return detection
}

function tablesIn(sheet: Sheet, isOnlySheet: boolean, headerRow?: number): DetectedTable[] {
  if (headerRow !== undefined) {
    const header = headerAtRow(sheet, headerRow)
    return header ? cutTables(sheet, [header]) : []
  }
  if (isPivot(sheet)) return []
  const headers = findHeaders(sheet)
  if (headers.length === 0 || (isHeatMap(sheet) && !isOnlySheet)) return []
  if (!isOnlySheet && verdictByName(sheet) && !holdsRaid(sheet, headers)) return []
  return cutTables(sheet, headers)
}

/** A sheet named 'Overview' may still be the log; so may one named 'Lists' with ids and owners. */
function holdsRaid(sheet: Sheet, headers: HeaderAt[]): boolean {
  const verdict = verdictByName(sheet)!.verdict
  if (verdict !== 'pivot') return false
  const width = Math.max(...headers.map(({ to }) => sheet.rows[to].cells.size))
  return width >= 5 || kindsIn(sheet.name).length > 0
}

function cutTables(sheet: Sheet, headers: HeaderAt[]): DetectedTable[] {
  const starts = headers.map(({ from }, index) => startOf(sheet, from, headers[index - 1]))
  return headers.flatMap((header, index) => {
    const end = starts[index + 1] ?? sheet.rows.length
    return toTables(sheet, header, starts[index], end)
  })
}

/** The headings right above a header belong to its table. */
function startOf(sheet: Sheet, from: number, before: HeaderAt | undefined): number {
  if (!before) return 0
  let start = from
  for (let index = from - 1; index > before.to && from - index <= 4; index--) {
    const row = sheet.rows[index]
    const gap = sheet.rows[index + 1].number - row.number
    const isHeading = row.cells.size === 1 && gap <= 3 && cellTexts(row)[0].length < 120
    const isNamed = isHeading && kindsIn(cellTexts(row)[0]).length > 0
    if (!isHeading || (gap > 1 && !isNamed && !hasGapAbove(sheet, index))) break
    start = index
  }
  return start
}

function hasGapAbove(sheet: Sheet, index: number): boolean {
  return index > 0 && sheet.rows[index].number - sheet.rows[index - 1].number > 1
}

function toTables(sheet: Sheet, header: HeaderAt, start: number, end: number): DetectedTable[] {
  const headerRows = sheet.rows.slice(header.from, header.to + 1)
  const before = sheet.rows.slice(start, header.from)
  const rows = sheet.rows.slice(header.to + 1, end)
  const { blocks, leftOut } = splitBlocks(headerRows, rows)
  return blocks.map((span, index) => {
    const built = buildColumns(headerRows, rows, sheet, span)
    return {
      id: `${sheet.name}!${headerRows[0].number}${index > 0 ? `.${index + 1}` : ''}`,
      sheet,
      headerRows: headerRows.map((row) => row.number),
      titles: titlesOf(before, span),
      before: index === 0 ? before : [],
      rows:
        index === 0 && blocks.length === 1 ? rows : rowsOf(rows, span, index === 0 ? leftOut : []),
      columns: built.columns,
      leftOut: [...built.leftOut, ...(index === 0 ? leftOut : [])],
      choices: usualChoices,
    }
  })
}

function titlesOf(before: SheetRow[], [from, to]: [number, number]): string[] {
  return before.flatMap((row) =>
    [...row.cells]
      .filter(([column]) => column >= from && column <= to)
      .map(([, cell]) => cell.text.trim())
  )
}

function rowsOf(
  rows: SheetRow[],
  [from, to]: [number, number],
  leftOut: { columns: number[] }[]
): SheetRow[] {
  const others = new Set(leftOut.flatMap(({ columns }) => columns))
  return rows.flatMap((row) => {
    const own = [...row.cells].filter(
      ([column]) => (column >= from && column <= to) || others.has(column)
    )
    return own.length > 0 ? [{ ...row, cells: new Map(own) }] : []
  })
}

function report(sheet: Sheet, tables: DetectedTable[]): SheetReport {
  const base = { name: sheet.name, hidden: sheet.hidden, rows: sheet.rows.length }
  if (tables.length > 0) return { ...base, verdict: 'table', reason: '' }
  if (sheet.rows.length > 0 && verdictByName(sheet)) return { ...base, ...verdictByName(sheet)! }
  if (isPivot(sheet)) return { ...base, ...verdictOf('pivot') }
  return { ...base, ...verdictWithoutTable(sheet) }
}
