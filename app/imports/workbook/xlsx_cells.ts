import { repaired, serialToIso, showNumber } from '#imports/workbook/number_formats'
import type { Cell } from '#imports/workbook/workbook'
import { unescaped } from '#imports/workbook/xlsx_strings'
import { PLAIN, type CellStyle } from '#imports/workbook/xlsx_styles'

/** A cell as the sheet part stores it. */
export type RawCell = { type: string; style: number; value: string; formula: boolean }

export type CellContext = { strings: string[]; styles: CellStyle[]; epoch1904: boolean }

/** Some programs store a day as text, with a time that nobody entered. */
const MIDNIGHT = /T00:00(:00(\.0+)?)?Z?$/

/** Reads a stored cell; null when it shows nothing. */
export function toCell(raw: RawCell, context: CellContext): Cell | null {
  const style = context.styles[raw.style] ?? PLAIN
  const cell = valueOf(raw, style, context)
  if (!cell || cell.text.trim() === '') return null
  if (raw.formula) cell.formula = true
  if (style.bold) cell.bold = true
  if (style.indent > 0) cell.indent = style.indent
  return cell
}

function valueOf({ type, value }: RawCell, style: CellStyle, context: CellContext): Cell | null {
  if (type === 's') return { text: context.strings[Number(value)] ?? '' }
  if (type === 'str' || type === 'inlineStr') return { text: unescaped(value) }
  if (type === 'b') return { text: value === '1' ? 'TRUE' : 'FALSE' }
  if (type === 'e') return { text: value }
  if (type === 'd') return { text: value.replace(MIDNIGHT, '') }
  if (value.trim() === '') return null
  const number = Number(value)
  return Number.isFinite(number) ? numberCell(number, style, context) : { text: value }
}

function numberCell(number: number, style: CellStyle, { epoch1904 }: CellContext): Cell {
  const date = style.isDate ? serialToIso(number, epoch1904) : null
  if (date) return { text: date, number, date: date.slice(0, 10) }
  if (style.isPercent) return { text: `${repaired(number * 100)}%`, number, percent: true }
  return { text: showNumber(number, style.code), number }
}
