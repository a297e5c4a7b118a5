import { formatCode, isDateFormat, isPercentFormat } from '#imports/workbook/number_formats'
import { parseXml } from '#imports/xml/parse_xml'

/** What a cell style says about its value. */
export type CellStyle = {
  code: string
  isDate: boolean
  isPercent: boolean
  bold: boolean
  indent: number
}

export const PLAIN: CellStyle = {
  code: '',
  isDate: false,
  isPercent: false,
  bold: false,
  indent: 0,
}

type RawStyle = { numFmtId: number; fontId: number; indent: number }

/** The cell styles of a workbook, in the order in which cells refer to them. */
export function readStyles(bytes: Buffer | null, deadline: number): CellStyle[] {
  if (!bytes) return []
  const custom = new Map<number, string>()
  const bold: boolean[] = []
  const raw: RawStyle[] = []
  const path: string[] = []
  parseXml(
    bytes,
    {
      open(name, attributes) {
        const parent = path.at(-1)
        path.push(name)
        if (name === 'numFmt') custom.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
        if (name === 'font' && parent === 'fonts') bold.push(false)
        if (name === 'b' && parent === 'font') bold[bold.length - 1] = attributes.val !== '0'
        if (name === 'xf' && parent === 'cellXfs') {
          const { numFmtId, fontId } = attributes
          raw.push({ numFmtId: Number(numFmtId ?? 0), fontId: Number(fontId ?? 0), indent: 0 })
        }
        if (name === 'alignment' && path.at(-3) === 'cellXfs') {
          raw[raw.length - 1].indent = Number(attributes.indent ?? 0) || 0
        }
      },
      close: () => void path.pop(),
    },
    deadline
  )
  return raw.map((style) => toCellStyle(style, custom, bold))
}

function toCellStyle(style: RawStyle, custom: Map<number, string>, bold: boolean[]): CellStyle {
  const code = formatCode(style.numFmtId, custom)
  return {
    code,
    isDate: isDateFormat(code),
    isPercent: isPercentFormat(code),
    bold: bold[style.fontId] ?? false,
    indent: style.indent,
  }
}
