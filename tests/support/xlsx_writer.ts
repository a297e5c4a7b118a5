import { crc32, deflateRawSync } from 'node:zlib'
import { columnName } from '#imports/workbook/workbook'

export type Value = string | number | boolean | null | Styled
type Styled = { v?: string | number | null; f?: string; style?: StyleName; comment?: string }
type StyleName = keyof typeof STYLES

export type SheetSpec = {
  name: string
  rows: Value[][]
  state?: 'hidden' | 'veryHidden'
  merges?: string[]
  hiddenRows?: number[]
  hiddenColumns?: number[]
  levels?: Record<number, number>
  lists?: { area: string; source: string }[]
  isPivot?: boolean
}

const STYLES = {
  plain: 0,
  date: 1,
  percent: 2,
  bold: 3,
  indent1: 4,
  indent2: 5,
  reference: 6,
  decimals: 7,
}
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN =
  'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** Writes a small workbook for tests; texts are shared strings as Excel writes them. */
export function writeXlsx(sheets: SheetSpec[], options: { epoch1904?: boolean } = {}): Buffer {
  const strings: string[] = []
  const parts: Record<string, string> = {}
  sheets.forEach((sheet, index) => {
    parts[`xl/worksheets/sheet${index + 1}.xml`] = sheetXml(sheet, strings)
    const relations = sheetRelations(sheet, index + 1)
    if (relations) parts[`xl/worksheets/_rels/sheet${index + 1}.xml.rels`] = relations
    const comments = commentsXml(sheet)
    if (comments) parts[`xl/comments${index + 1}.xml`] = comments
  })
  parts['[Content_Types].xml'] =
    `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`
  parts['_rels/.rels'] = relationsXml([['rId1', 'officeDocument', 'xl/workbook.xml']])
  parts['xl/workbook.xml'] = workbookXml(sheets, options.epoch1904 ?? false)
  parts['xl/_rels/workbook.xml.rels'] = relationsXml([
    ...sheets.map((_, index): [string, string, string] => [
      `rId${index + 1}`,
      'worksheet',
      `worksheets/sheet${index + 1}.xml`,
    ]),
    ['rId900', 'sharedStrings', 'sharedStrings.xml'],
    ['rId901', 'styles', 'styles.xml'],
  ])
  parts['xl/sharedStrings.xml'] =
    `${HEAD}<sst ${MAIN}>${strings.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('')}</sst>`
  parts['xl/styles.xml'] = stylesXml()
  return writeZip(parts)
}

/** Writes a zip of deflated entries. */
export function writeZip(parts: Record<string, string | Buffer>): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(parts)) {
    const raw = Buffer.from(content as string)
    const entry = zipEntry(name, raw, offset)
    locals.push(entry.local)
    directory.push(entry.central)
    offset += entry.local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, central, end])
}

function zipEntry(name: string, raw: Buffer, offset: number) {
  const packed = deflateRawSync(raw)
  const title = Buffer.from(name)
  const common = Buffer.alloc(26)
  common.writeUInt16LE(20, 0)
  common.writeUInt16LE(8, 4)
  common.writeUInt32LE(crc32(raw), 10)
  common.writeUInt32LE(packed.length, 14)
  common.writeUInt32LE(raw.length, 18)
  common.writeUInt16LE(title.length, 22)
  const tail = Buffer.alloc(14)
  tail.writeUInt32LE(offset, 10)
  const local = Buffer.concat([signature(0x04034b50), common, title, packed])
  const central = Buffer.concat([signature(0x02014b50), Buffer.from([20, 0]), common, tail, title])
  return { local, central }
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function sheetXml(sheet: SheetSpec, strings: string[]): string {
  const rows = sheet.rows.map((row, index) => rowXml(row, index + 1, sheet, strings)).join('')
  const columns = (sheet.hiddenColumns ?? [])
    .map((c) => `<col min="${c + 1}" max="${c + 1}" width="9" hidden="1"/>`)
    .join('')
  const merges = (sheet.merges ?? []).map((ref) => `<mergeCell ref="${ref}"/>`).join('')
  const lists = (sheet.lists ?? [])
    .map(
      ({ area, source }) =>
        `<dataValidation type="list" sqref="${area}"><formula1>${escaped(source)}</formula1></dataValidation>`
    )
    .join('')
  return `${HEAD}<worksheet ${MAIN}>${columns && `<cols>${columns}</cols>`}<sheetData>${rows}</sheetData>${merges && `<mergeCells>${merges}</mergeCells>`}${lists && `<dataValidations>${lists}</dataValidations>`}</worksheet>`
}

function rowXml(row: Value[], number: number, sheet: SheetSpec, strings: string[]): string {
  const hidden = sheet.hiddenRows?.includes(number) ? ' hidden="1"' : ''
  const level = sheet.levels?.[number] ? ` outlineLevel="${sheet.levels[number]}"` : ''
  const cells = row
    .map((value, column) => cellXml(value, `${columnName(column)}${number}`, strings))
    .join('')
  return cells ? `<row r="${number}"${hidden}${level}>${cells}</row>` : ''
}

function cellXml(value: Value, reference: string, strings: string[]): string {
  if (value === null || value === '') return ''
  if (typeof value === 'boolean') return `<c r="${reference}" t="b"><v>${value ? 1 : 0}</v></c>`
  const { v = null, f, style = 'plain' }: Styled = typeof value === 'object' ? value : { v: value }
  const formula = f ? `<f>${escaped(f)}</f>` : ''
  const start = `<c r="${reference}" s="${STYLES[style]}"`
  if (v === null) return `${start}>${formula}</c>`
  if (typeof v === 'number') return `${start}>${formula}<v>${v}</v></c>`
  if (f) return `${start} t="str">${formula}<v>${escaped(v)}</v></c>`
  const known = strings.indexOf(v)
  const index = known >= 0 ? known : strings.push(v) - 1
  return `${start} t="s"><v>${index}</v></c>`
}

function sheetRelations(sheet: SheetSpec, number: number): string | null {
  const relations: [string, string, string][] = []
  if (commentsXml(sheet)) relations.push(['rId1', 'comments', `../comments${number}.xml`])
  if (sheet.isPivot) relations.push(['rId2', 'pivotTable', '../pivotTables/pivotTable1.xml'])
  return relations.length > 0 ? relationsXml(relations) : null
}

function commentsXml(sheet: SheetSpec): string | null {
  const comments = sheet.rows.flatMap((row, index) =>
    row.flatMap((value, column) => {
      const comment = value && typeof value === 'object' ? value.comment : undefined
      return comment
        ? `<comment ref="${columnName(column)}${index + 1}"><text><r><t>${escaped(comment)}</t></r></text></comment>`
        : []
    })
  )
  return comments.length > 0
    ? `${HEAD}<comments ${MAIN}><commentList>${comments.join('')}</commentList></comments>`
    : null
}

function relationsXml(relations: [string, string, string][]): string {
  const items = relations.map(
    ([id, type, target]) =>
      `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`
  )
  return `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items.join('')}</Relationships>`
}

function workbookXml(sheets: SheetSpec[], epoch1904: boolean): string {
  const items = sheets.map(
    ({ name, state }, index) =>
      `<sheet name="${escaped(name)}" sheetId="${index + 1}"${state ? ` state="${state}"` : ''} r:id="rId${index + 1}"/>`
  )
  return `${HEAD}<workbook ${MAIN}><workbookPr${epoch1904 ? ' date1904="1"' : ''}/><sheets>${items.join('')}</sheets></workbook>`
}

function stylesXml(): string {
  const xf = (format: number, font = 0, indent = 0) =>
    `<xf numFmtId="${format}" fontId="${font}">${indent ? `<alignment indent="${indent}"/>` : ''}</xf>`
  const styles = [xf(0), xf(14), xf(9), xf(0, 1), xf(0, 0, 1), xf(0, 0, 2), xf(164), xf(2)]
  return `${HEAD}<styleSheet ${MAIN}><numFmts><numFmt numFmtId="164" formatCode="&quot;R-&quot;000"/></numFmts><fonts><font/><font><b/></font></fonts><cellXfs>${styles.join('')}</cellXfs></styleSheet>`
}

function escaped(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
}
