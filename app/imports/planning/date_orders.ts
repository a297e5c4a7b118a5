import { isAmbiguous, provenOrder, type DateOrder } from '#imports/conversion/read_date'
import type { DetectedTable } from '#imports/detection/table'

/** The date order the rest of the workbook proves, for columns that read both ways. */
export function workbookDateOrder(tables: DetectedTable[]): {
  order: DateOrder | null
  isOpen: boolean
} {
  const columns = tables.flatMap((table) =>
    table.columns.map(({ columns: [index] }) =>
      table.rows.flatMap((row) => row.cells.get(index)?.text ?? [])
    )
  )
  const proven = columns.flatMap((texts) => provenOrder(texts) ?? [])
  const isOpen = columns.some((texts) => texts.some(isAmbiguous) && provenOrder(texts) === null)
  if (proven.length === 0) return { order: null, isOpen }
  const monthFirst = proven.filter((order) => order === 'mdy').length
  return { order: monthFirst > proven.length / 2 ? 'mdy' : 'dmy', isOpen: false }
}
