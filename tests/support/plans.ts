import { planImport, type ImportPlan, type Overrides, type RecordRow } from '#imports/index'
import { writeXlsx, type SheetSpec, type Value } from '#tests/support/xlsx_writer'

/** Plans the import of sheets written for a test. */
export function planSheets(
  sheets: SheetSpec[],
  fileName = 'log.xlsx',
  overrides?: Overrides
): ImportPlan {
  return planImport(writeXlsx(sheets), fileName, overrides)
}

export function planRows(
  rows: Value[][],
  name = 'Sheet1',
  more: Partial<SheetSpec> = {}
): ImportPlan {
  return planSheets([{ name, rows, ...more }])
}

export function planCsv(text: string, fileName = 'export.csv', overrides?: Overrides): ImportPlan {
  return planImport(Buffer.from(text), fileName, overrides)
}

export function recordsOf(plan: ImportPlan): RecordRow[] {
  return plan.rows.filter((row) => row.kind === 'record')
}

/** The counts that are not zero, in short: { risk: 2 }. */
export function countsOf(plan: ImportPlan): Record<string, number> {
  return Object.fromEntries(Object.entries(plan.counts).filter(([, count]) => count > 0))
}

/** The field each header was mapped to. */
export function fieldsOf(plan: ImportPlan, table = 0): Record<string, string> {
  return Object.fromEntries(
    plan.tables[table].mapping.columns.map((column) => [column.header, column.field])
  )
}
