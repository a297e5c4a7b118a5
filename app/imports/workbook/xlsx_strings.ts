import { parseXml } from '#imports/xml/parse_xml'

/** The shared strings of a workbook, rich text joined and phonetic guides left out. */
export function readStrings(bytes: Buffer | null, deadline: number): string[] {
  if (!bytes) return []
  const strings: string[] = []
  let current = ''
  let isText = false
  let phonetic = 0
  parseXml(
    bytes,
    {
      open(name) {
        if (name === 'si') current = ''
        if (name === 'rPh') phonetic++
        isText = name === 't' && phonetic === 0
      },
      text(text) {
        if (isText) current += text
      },
      close(name) {
        if (name === 't') isText = false
        if (name === 'rPh') phonetic--
        if (name === 'si') strings.push(unescaped(current))
      },
    },
    deadline
  )
  return strings
}

/** Excel writes control characters as _x000D_. None of them may be what no text holds. */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text
  const decoded = text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16))
  )
  return decoded.replace(/\r\n?/g, '\n').replaceAll('\u0000', '').toWellFormed()
}
