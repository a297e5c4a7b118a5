import type { ColumnKind, Value } from '#exports/list'

/** The styles that the workbook declares, by their position in its list. */
export const STYLES = { plain: 0, heading: 1, text: 2, date: 3, instant: 4, quoted: 5 } as const

/** Excel's limit on the characters of a cell. */
const LONGEST = 32_767
const DAY = 86_400_000
/** Excel counts days from here, because it treats 1900 as a leap year. */
const EPOCH = Date.UTC(1899, 11, 30)

/** A value as the cell of a sheet; nothing for an absent one. Text is never a formula, whatever it begins with. */
export function cell(reference: string, value: Value, kind: ColumnKind = 'line') {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value === 'number') return `<c r="${reference}"><v>${value}</v></c>`
  if (kind === 'date' || kind === 'instant') {
    const serial = serialOf(value)
    if (serial !== null) return `<c r="${reference}" s="${STYLES[kind]}"><v>${serial}</v></c>`
  }
  return textCell(reference, value, styleOf(value, kind))
}

/** A cell of text, cut to what a spreadsheet can hold. */
export function textCell(reference: string, text: string, style: number) {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST - 1).toWellFormed()}…` : text
  const content = `<is><t xml:space="preserve">${escaped(cut)}</t></is>`
  return `<c r="${reference}" s="${style}" t="inlineStr">${content}</c>`
}

/** Someone who edits a cell that begins like a formula still edits text. */
function styleOf(value: string, kind: ColumnKind) {
  if (/^[=+\-@\t\r]/.test(value)) return STYLES.quoted
  return kind === 'text' ? STYLES.text : STYLES.plain
}

function serialOf(value: string) {
  const time = Date.parse(value.length === 10 ? `${value}T00:00:00Z` : value)
  const serial = (time - EPOCH) / DAY
  return Number.isFinite(serial) && serial >= 61 ? Math.round(serial * DAY) / DAY : null
}

/**
 * XML cannot hold most control characters; Office writes them as `_x0001_`, and escapes that form itself in the same
 * way.
 */
function escaped(text: string) {
  return text
    .toWellFormed()
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[\u0000-\u0008\u000b\u000c\u000d\u000e-\u001f\ufffe\uffff]/g, officeCode)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

function officeCode(character: string) {
  return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
}
