import { parseArea } from '#imports/workbook/references'
import { parseReference } from '#imports/workbook/references'
import type { AllowedValues, Sheet } from '#imports/workbook/workbook'
import { parseXml } from '#imports/xml/parse_xml'
import type { ReadSheet, Validation } from '#imports/workbook/xlsx_sheet'

const MOST_VALUES = 60

/** Attaches the comments of a comments part to their cells; counts those without a cell. */
export function attachComments(sheet: Sheet, bytes: Buffer, deadline: number): number {
  const rows = new Map(sheet.rows.map((row) => [row.number, row]))
  let reference = ''
  let text = ''
  let isText = false
  let lost = 0
  parseXml(
    bytes,
    {
      open(name, attributes) {
        if (name === 'comment') [reference, text] = [attributes.ref ?? '', '']
        isText = name === 't'
      },
      text(part) {
        if (isText) text += part
      },
      close(name) {
        if (name === 't') isText = false
        if (name !== 'comment') return
        const at = parseReference(reference)
        const cell = at && rows.get(at.row)?.cells.get(at.column)
        if (cell) cell.comment = withoutNotice(text)
        else lost++
      },
    },
    deadline
  )
  return lost
}

/** Ends what Excel writes before a comment with replies, for programs that are older than those. */
const NOTICE_END = 'https://go.microsoft.com/fwlink/?linkid=870924'

/** What people wrote: the comment, and each reply below a heading. */
function withoutNotice(text: string): string {
  const at = text.indexOf(NOTICE_END)
  if (at < 0) return text.trim()
  const [, ...lines] = text
    .slice(at + NOTICE_END.length)
    .trim()
    .split('\n')
  return lines
    .map((line) => line.trim())
    .join('\n')
    .trim()
}

/** Turns list validations into the values they allow, following ranges to other sheets. */
export function resolveValidations(sheets: ReadSheet[]): void {
  for (const sheet of sheets) {
    for (const validation of sheet.validations) {
      const values = allowedValues(validation, sheet, sheets)
      if (values.length === 0) continue
      sheet.allowed.push(...validation.areas.map((area): AllowedValues => ({ ...area, values })))
    }
  }
}

function allowedValues(validation: Validation, own: ReadSheet, sheets: ReadSheet[]): string[] {
  const [first, second, third] = validation.source.split('\u0000')
  if (first === 'whole') return wholeNumbers(Number(second), Number(third))
  const quoted = /^"(.*)"$/s.exec(first.trim())
  if (quoted) return quoted[1].split(',').map((value) => value.trim())
  const range = /^(?:'?(.+?)'?!)?(\$?[A-Z]+\$?\d+:\$?[A-Z]+\$?\d+)$/i.exec(first.trim())
  if (!range) return []
  const sheet = range[1] ? sheets.find(({ name }) => name === range[1]) : own
  return sheet ? valuesIn(sheet, range[2]) : []
}

function wholeNumbers(low: number, high: number): string[] {
  if (!Number.isInteger(low) || !Number.isInteger(high) || high <= low || high - low > 100) {
    return []
  }
  return Array.from({ length: high - low + 1 }, (_, index) => String(low + index))
}

function valuesIn(sheet: Sheet, range: string): string[] {
  const area = parseArea(range)
  if (!area) return []
  const values: string[] = []
  for (const row of sheet.rows) {
    if (row.number < area.top || row.number > area.bottom) continue
    for (const [column, cell] of row.cells) {
      const isInside = column >= area.left && column <= area.right
      if (isInside && values.length < MOST_VALUES) values.push(cell.text.trim())
    }
  }
  return values
}
