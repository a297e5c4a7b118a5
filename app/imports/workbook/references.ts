import { columnIndex, type Merge } from '#imports/workbook/workbook'

/** 'B3' -> row 3, column 1; null for anything else. */
export function parseReference(reference: string): { row: number; column: number } | null {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(reference)
  return match ? { row: Number(match[2]), column: columnIndex(match[1]) } : null
}

/** 'B3:D5' (or 'B3') -> an area; null for anything else. */
export function parseArea(reference: string): Merge | null {
  const [first, last = first] = reference.split(':')
  const from = parseReference(first)
  const to = parseReference(last)
  if (!from || !to) return null
  return { top: from.row, left: from.column, bottom: to.row, right: to.column }
}
