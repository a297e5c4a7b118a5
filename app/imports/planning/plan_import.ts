import { convert } from '#imports/conversion/convert'
import type { ConvertedRow, RecordRow } from '#imports/conversion/converted_row'
import { detectTables } from '#imports/detection/detect_tables'
import type { DetectedTable, LeftOutColumn, SheetReport } from '#imports/detection/table'
import { guessMapping, type MappingHints } from '#imports/mapping/guess_mapping'
import type { Mapping } from '#imports/mapping/mapping'
import { workbookDateOrder } from '#imports/planning/date_orders'
import { applyOverride, chosenType, type Overrides } from '#imports/planning/overrides'
import type { OwnLayouts } from '#imports/mapping/own_layout'
import { shapeOf } from '#imports/planning/shape'
import { ChoiceReader, type OwnNames } from '#imports/vocabulary/choice_reader'
import { RECORD_TYPES, type RecordType } from '#imports/vocabulary/kinds'
import type { FileFormat } from '#imports/workbook/workbook'
import { readWorkbook } from '#imports/workbook/read_workbook'

type Counts = Record<RecordType, number>

/** One table of the preview; plain JSON. */
export type PlannedTable = {
  id: string
  sheet: string
  hidden: boolean
  headerRows: number[]
  /** A digest of its headings in any order: files of one kind share it. */
  shape: string
  mapping: Mapping
  leftOut: LeftOutColumn[]
  counts: Counts
  skipped: number
  /** Rows that would become records if a type were chosen: 39 tasks, say. */
  candidates: number
  hiddenRows: number
}

/** Everything the preview shows. All but rows is plain JSON fit to be stored. */
export type ImportPlan = {
  fileName: string
  format: FileFormat
  sheets: SheetReport[]
  tables: PlannedTable[]
  counts: Counts
  warnings: string[]
  rows: ConvertedRow[]
}

/** The organisation's names for its choices, and the layouts of its exports. */
type Own = { names?: OwnNames; layouts?: OwnLayouts }

/** Reads an upload and plans its import; the same bytes, overrides and names give the same plan. */
export function planImport(
  bytes: Uint8Array,
  fileName: string,
  overrides: Overrides = {},
  { names = {}, layouts = {} }: Own = {}
): ImportPlan {
  const workbook = readWorkbook(bytes, fileName)
  const choices = new ChoiceReader(names)
  const { sheets, tables: found } = detectTables(workbook, overrides.headerRows)
  const tables = found.map((table) => ({ ...table, choices }))
  const dates = workbookDateOrder(tables)
  const planned = tables.map((table) =>
    planTable(table, { fileName, dateOrder: dates.order, layouts }, overrides)
  )
  const rows = planned
    .filter(({ planned: { mapping } }) => mapping.include)
    .flatMap((entry) => entry.rows)
  noteDuplicates(rows)
  const warnings = [
    ...workbook.warnings,
    ...warningsOf(
      planned.map((entry) => entry.planned),
      sheets
    ),
  ]
  if (dates.isOpen)
    warnings.push(
      'Some dates could be day/month or month/day. We read them with the day first. If that is wrong, change the order for that column.'
    )
  return {
    fileName,
    format: workbook.format,
    sheets,
    tables: planned.map((entry) => entry.planned),
    counts: countRecords(rows),
    warnings,
    rows,
  }
}

function planTable(table: DetectedTable, hints: MappingHints, overrides: Overrides) {
  const override = overrides.tables?.[table.id]
  const guessed = guessMapping(table, { ...hints, type: chosenType(override) })
  const mapping = override ? applyOverride(guessed, table, override) : guessed
  const rows = mapping.type === null ? [] : convert(table, mapping)
  const counts = countRecords(rows)
  const isEmpty = rows.length > 0 && !rows.some(({ kind }) => kind === 'record')
  const planned: PlannedTable = {
    id: table.id,
    sheet: table.sheet.name,
    hidden: table.sheet.hidden,
    headerRows: table.headerRows,
    shape: shapeOf(table),
    mapping:
      isEmpty && mapping.include
        ? { ...mapping, reason: `${mapping.reason} None of its rows are records.` }
        : mapping,
    leftOut: table.leftOut,
    counts,
    skipped: rows.filter(({ kind }) => kind === 'skipped').length,
    candidates: countAll(
      mapping.type === null ? convert(table, { ...mapping, type: 'issue' }) : rows
    ),
    hiddenRows: rows.filter((row) => row.kind === 'record' && row.hidden).length,
  }
  return { planned, rows }
}

/** Duplicate references are kept; each record says which others share it. */
function noteDuplicates(rows: ConvertedRow[]): void {
  const byId = new Map<string, RecordRow[]>()
  for (const row of rows) {
    if (row.kind !== 'record' || !row.sourceId) continue
    const key = `${row.type}:${row.sourceId.toLowerCase()}`
    byId.set(key, [...(byId.get(key) ?? []), row])
  }
  for (const sharers of byId.values()) {
    if (sharers.length < 2) continue
    for (const record of sharers) {
      const other = sharers.find((candidate) => candidate !== record)!
      const where =
        other.sheet === record.sheet
          ? `row ${other.row}`
          : `row ${other.row} of sheet “${other.sheet}”`
      record.notes.push(`shares the reference ${record.sourceId} with ${where}`)
    }
  }
}

function warningsOf(tables: PlannedTable[], sheets: SheetReport[]): string[] {
  const warnings = tables.flatMap(({ mapping }) => (mapping.include ? mapping.warnings : []))
  for (const table of tables) {
    if (!table.mapping.include) continue
    if (table.hidden)
      warnings.push(
        `Sheet “${table.sheet}” is hidden in the workbook. This import includes its records.`
      )
    else if (table.hiddenRows > 0)
      warnings.push(`Sheet “${table.sheet}”: this import includes ${table.hiddenRows} hidden rows.`)
  }
  if (!tables.some(({ mapping }) => mapping.include)) {
    const hasTables = tables.length > 0 || sheets.some(({ rows }) => rows > 0)
    warnings.push(
      hasTables
        ? 'We did not recognise a RAID log or a plan. Choose what your table becomes.'
        : 'The workbook is empty.'
    )
  }
  return warnings
}

function countRecords(rows: ConvertedRow[]): Counts {
  const counts = Object.fromEntries(RECORD_TYPES.map((type) => [type, 0])) as Counts
  for (const row of rows) if (row.kind === 'record') counts[row.type]++
  return counts
}

function countAll(rows: ConvertedRow[]): number {
  return rows.filter(({ kind }) => kind === 'record').length
}
