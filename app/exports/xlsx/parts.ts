const OFFICE = 'http://schemas.openxmlformats.org'
const SHEET_TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** The parts that every workbook with one sheet has in common (ECMA-376, part 1). */
export const PARTS: [path: string, content: string][] = [
  [
    '[Content_Types].xml',
    `${DECLARATION}<Types xmlns="${OFFICE}/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPES}.sheet.main+xml"/>
<Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPES}.styles+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SHEET_TYPES}.worksheet+xml"/></Types>`,
  ],
  ['_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']])],
  [
    'xl/_rels/workbook.xml.rels',
    relations([
      ['worksheet', 'worksheets/sheet1.xml'],
      ['styles', 'styles.xml'],
    ]),
  ],
  [
    'xl/styles.xml',
    `${DECLARATION}<styleSheet xmlns="${OFFICE}/spreadsheetml/2006/main">
<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd hh:mm"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8EDF3"/></patternFill></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="6">${[
      style(''),
      style('fontId="1" fillId="2" applyFont="1" applyFill="1"'),
      style('', '<alignment vertical="top" wrapText="1"/>'),
      style('numFmtId="164" applyNumberFormat="1"'),
      style('numFmtId="165" applyNumberFormat="1"'),
      style('quotePrefix="1"', '<alignment vertical="top" wrapText="1"/>'),
    ].join('')}</cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
  ],
]

/** The workbook itself, whose sheet is named for what it holds. */
export function workbookPart(sheet: string) {
  const name = sheet.replace(/[[\]:*?/\\&<>"']/g, ' ').slice(0, 31)
  return `${DECLARATION}<workbook xmlns="${OFFICE}/spreadsheetml/2006/main" xmlns:r="${OFFICE}/officeDocument/2006/relationships"><sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets></workbook>`
}

export const SHEET_START = `${DECLARATION}<worksheet xmlns="${OFFICE}/spreadsheetml/2006/main">`

function relations(of: [kind: string, target: string][]) {
  const each = of.map(
    ([kind, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${OFFICE}/officeDocument/2006/relationships/${kind}" Target="${target}"/>`
  )
  return `${DECLARATION}<Relationships xmlns="${OFFICE}/package/2006/relationships">${each.join('')}</Relationships>`
}

function style(attributes: string, alignment = '<alignment vertical="top"/>') {
  const defaults = { numFmtId: 0, fontId: 0, fillId: 0, borderId: 0, xfId: 0 }
  const kept = Object.entries(defaults)
    .filter(([name]) => !attributes.includes(`${name}=`))
    .map(([name, value]) => `${name}="${value}"`)
  return `<xf ${[...kept, attributes].join(' ').trim()} applyAlignment="1">${alignment}</xf>`
}
