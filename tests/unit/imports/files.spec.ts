import { test } from '@japa/runner'
import { ImportError, planImport, readWorkbook } from '#imports/index'
import { countsOf, planCsv, recordsOf } from '#tests/support/plans'
import { processorTime } from '#tests/support/processor_time'
import { writeXlsx, writeZip } from '#tests/support/xlsx_writer'

const LOG = 'ID,Risk,Owner,Status\r\n1,Fire,Ann,Open\r\n2,Flood,Bo,Closed\r\n'
const SHEET = {
  name: 'Risks',
  rows: [
    ['ID', 'Risk'],
    ['1', 'Fire'],
  ],
}

function codeOf(bytes: Uint8Array, name = 'log.xlsx'): string {
  try {
    planImport(bytes, name)
    return 'none'
  } catch (error) {
    if (error instanceof ImportError) return error.code
    throw error
  }
}

test.group('Imports | text files', () => {
  test('read in every encoding people save', ({ assert }) => {
    const text = 'Nr;Risiko;Maßnahme;Eigner\n1;Verzögerung;Prüfen;Jörg\n'
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le')
    const bigEndian = Buffer.from(utf16).swap16()
    const forms = [
      Buffer.from(text),
      Buffer.from(`\ufeff${text}`),
      Buffer.from(text, 'latin1'),
      utf16,
      bigEndian,
      utf16.subarray(2),
    ]
    for (const bytes of forms) {
      const [record] = recordsOf(planImport(bytes, 'risiken.csv'))
      assert.equal(record.attributes.title, 'Verzögerung')
      assert.equal(record.attributes.responsePlan, 'Prüfen')
    }
  })

  test('are refused in an alphabet that they do not name', ({ assert }) => {
    // Windows writes Russian, Greek and Hebrew with one byte a letter, and does not say which.
    for (const word of [
      [0xd0, 0xe8, 0xf1, 0xea, 0xee, 0xe2],
      [0xca, 0xdf, 0xed, 0xe4, 0xf5, 0xed, 0xef, 0xf2],
    ]) {
      const bytes = Buffer.concat([
        Buffer.from('ID;Risk\n1;'),
        Buffer.from(word),
        Buffer.from('\n'),
      ])
      assert.equal(codeOf(bytes, 'log.csv'), 'encoding')
    }
    const named = Buffer.from('ID;Risk\n1;Рисков\n')
    assert.equal(recordsOf(planImport(named, 'log.csv'))[0].attributes.title, 'Рисков')
  })

  test('read with any delimiter and line ending', ({ assert }) => {
    for (const delimiter of [',', ';', '\t', '|']) {
      for (const end of ['\r\n', '\n', '\r']) {
        const text = LOG.replaceAll(',', delimiter).replaceAll('\r\n', end)
        assert.deepEqual(countsOf(planCsv(text)), { risk: 2 }, JSON.stringify([delimiter, end]))
      }
    }
  })

  test('a sep= line decides', ({ assert }) => {
    assert.deepEqual(countsOf(planCsv('sep=;\r\nID;Risk (a,b,c,d,e);Owner\r\n1;a,b,c,d,e;x\r\n')), {
      risk: 1,
    })
  })

  test('quoted line breaks, ragged, blank and wholly quoted rows', ({ assert }) => {
    const plan = planCsv(
      'ID,Risk,Owner,Notes\n1,"Fire\nin the ""old"" hall",Ann\n\n,,,\n2,Flood,Bo,wet,extra\n"3,Theft,Cy,"\n'
    )
    const records = recordsOf(plan)
    assert.deepEqual(
      records.map(({ attributes }) => attributes.title),
      ['Fire in the "old" hall', 'Flood', 'Theft']
    )
    assert.include(String(records[1].attributes.description), 'extra')
  })

  test('a quotation mark that never closes loses no row', ({ assert }) => {
    const plan = planCsv('ID,Risk,Owner\n1,5" pipe bursts,Ann\n2,"Flood,Bo\n3,Theft,Cy\n')
    assert.equal(plan.counts.risk, 3)
  })
})

test.group('Imports | refused files', () => {
  test('say what they are', ({ assert }) => {
    const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])
    const locked = Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')])
    const png = Buffer.from('89504e470d0a1a0a0000', 'hex')
    assert.equal(codeOf(Buffer.alloc(0)), 'empty')
    assert.equal(codeOf(Buffer.from('  \n\n')), 'empty')
    assert.equal(codeOf(ole, 'log.xls'), 'old_excel')
    assert.equal(codeOf(locked), 'encrypted')
    assert.equal(codeOf(Buffer.from('%PDF-1.7 …')), 'pdf')
    assert.equal(codeOf(png), 'image')
    assert.equal(
      codeOf(Buffer.from('<html><table><tr><td>1</td></tr></table></html>'), 'log.xls'),
      'html'
    )
    assert.equal(codeOf(Buffer.from('<?xml version="1.0"?><Workbook/>')), 'xml')
    assert.equal(codeOf(Buffer.from('[{"title":"Fire"}]')), 'json')
    assert.equal(
      codeOf(Buffer.from(Array.from({ length: 900 }, (_, i) => (i * 7) % 32))),
      'unreadable'
    )
    assert.equal(codeOf(Buffer.alloc(5 * 1024 * 1024 + 1, 'a')), 'too_large')
  })

  test('archives that are no workbook', ({ assert }) => {
    assert.equal(codeOf(writeZip({ 'a.txt': 'hello' })), 'not_a_workbook')
    assert.equal(codeOf(writeZip({ 'word/document.xml': '<w/>' })), 'other_office_file')
    assert.equal(codeOf(writeZip({ 'xl/workbook.bin': 'x' })), 'binary_excel')
    assert.equal(
      codeOf(
        writeZip({
          'mimetype': 'application/vnd.oasis.opendocument.spreadsheet',
          'content.xml': '<a/>',
        })
      ),
      'open_document'
    )
    assert.equal(codeOf(writeZip({ 'Index/Document.iwa': 'x' })), 'numbers')
  })

  test('every message tells what to do', ({ assert }) => {
    for (const code of [
      'pdf',
      'encrypted',
      'old_excel',
      'bomb',
      'html',
      'open_document',
    ] as const) {
      assert.match(new ImportError(code).message, /upload|remove|save|export/i)
    }
  })

  test('content counts, not the name', ({ assert }) => {
    assert.equal(planImport(writeXlsx([SHEET]), 'log.csv').counts.risk, 1)
    assert.equal(planImport(Buffer.from(LOG), 'log.xlsx').counts.risk, 2)
  })
})

test.group('Imports | hostile files', () => {
  test('truncated and damaged workbooks', ({ assert }) => {
    const whole = writeXlsx([SHEET])
    for (const length of [4, 30, 200, whole.length - 40, whole.length - 1]) {
      assert.equal(codeOf(whole.subarray(0, length)), 'damaged')
    }
    assert.equal(
      codeOf(replacing('xl/worksheets/sheet1.xml', '<worksheet><sheetData><row></worksheet>')),
      'damaged'
    )
  })

  test('bombs are refused while they unpack', ({ assert }) => {
    const before = process.memoryUsage().rss
    const spent = processorTime()
    const bomb = writeZip({
      ...minimal(),
      'xl/worksheets/sheet1.xml': Buffer.alloc(60 * 1024 * 1024, ' '),
    })
    assert.isBelow(bomb.length, 5 * 1024 * 1024)
    assert.equal(codeOf(bomb), 'bomb')
    const lying = Buffer.from(bomb)
    const at = lying.lastIndexOf(Buffer.from('xl/worksheets/sheet1.xml')) - 46
    lying.writeUInt32LE(10, at + 24)
    assert.equal(codeOf(lying), 'bomb')
    assert.isBelow(spent(), 25)
    assert.isBelow((process.memoryUsage().rss - before) / 1024 / 1024, 400)
  })

  test('thousands of entries and entries on top of each other', ({ assert }) => {
    const many = Object.fromEntries(Array.from({ length: 2_100 }, (_, index) => [`f${index}`, 'x']))
    assert.equal(codeOf(writeZip(many)), 'bomb')
    const zip = writeZip({ 'a.xml': 'x'.repeat(50), 'b.xml': 'y'.repeat(50) })
    const second = zip.lastIndexOf(Buffer.from('b.xml')) - 46
    zip.writeUInt32LE(0, second + 42)
    assert.equal(codeOf(zip), 'bomb')
  })

  test('document types, entities and deep nesting', ({ assert }) => {
    const entity = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    const outside = '<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>'
    assert.equal(codeOf(replacing('xl/worksheets/sheet1.xml', entity)), 'unsafe_xml')
    assert.equal(codeOf(replacing('xl/workbook.xml', outside)), 'unsafe_xml')
    assert.equal(codeOf(replacing('xl/sharedStrings.xml', '<sst>'.repeat(5_000))), 'unsafe_xml')
  })

  test('a hundred thousand blank formatted rows cost little', ({ assert }) => {
    const rows = Array.from(
      { length: 100_000 },
      (_, index) =>
        `<row r="${index + 3}"><c r="A${index + 3}" s="1"/><c r="B${index + 3}" s="1"/></row>`
    )
    const start =
      '<row r="1"><c r="A1" t="inlineStr"><is><t>ID</t></is></c><c r="B1" t="inlineStr"><is><t>Risk</t></is></c></row><row r="2"><c r="A2"><v>1</v></c><c r="B2" t="inlineStr"><is><t>Fire</t></is></c></row>'
    const spent = processorTime()
    const plan = planImport(
      replacing(
        'xl/worksheets/sheet1.xml',
        `<worksheet><sheetData>${start}${rows.join('')}</sheetData></worksheet>`
      ),
      'log.xlsx'
    )
    assert.equal(plan.counts.risk, 1)
    assert.isBelow(spent(), 25)
  })

  test('more merged cells than a log has', ({ assert }) => {
    const lone = Array.from({ length: 500 }, () => [null, 'r'])
    const workbook = (area: string) =>
      writeXlsx([
        { name: 'Risks', rows: [['ID', 'Risk'], ...lone], merges: Array(50_000).fill(area) },
      ])
    const spent = processorTime()
    for (const area of ['C30000:C30001', 'C2:C400', 'A3:B3', 'A1:D501']) {
      planImport(workbook(area), 'log.xlsx')
    }
    assert.isBelow(spent(), 15)
  })

  test('more rows than a log has', ({ assert }) => {
    assert.equal(codeOf(Buffer.from(`ID,Risk\n${'1,a\n'.repeat(21_000)}`)), 'too_many_cells')
    assert.equal(codeOf(Buffer.from(`ID,Risk${',x'.repeat(3_000)}\n1,a\n`)), 'too_many_cells')
  })

  test('a date that is stored as text, and a time that is none', ({ assert }) => {
    const cell = (at: string, type: string, value: string) =>
      `<c r="${at}" t="${type}"><v>${value}</v></c>`
    const heads = ['Risk', 'Due date', 'Raised on'].map((head, at) =>
      cell(`${'ABC'[at]}1`, 'str', head)
    )
    const row = [
      cell('A2', 'str', 'Fire'),
      cell('B2', 'd', '2027-05-03T00:00:00'),
      cell('C2', 'd', '10:30:00'),
    ]
    const sheet = `<worksheet><sheetData><row r="1">${heads.join('')}</row><row r="2">${row.join('')}</row></sheetData></worksheet>`
    const [record] = recordsOf(planImport(replacing('xl/worksheets/sheet1.xml', sheet), 'log.xlsx'))
    assert.equal(record.attributes.dueOn, '2027-05-03')
    assert.notProperty(record.attributes, 'raisedOn')
  })

  test('cells far to the right are left out and said so', ({ assert }) => {
    const sheet =
      '<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>Risk</v></c><c r="XFD1" t="str"><v>far</v></c></row></sheetData></worksheet>'
    const workbook = readWorkbook(replacing('xl/worksheets/sheet1.xml', sheet), 'log.xlsx')
    assert.lengthOf(workbook.warnings, 1)
  })
})

function minimal(): Record<string, string> {
  return {
    '_rels/.rels':
      '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    'xl/workbook.xml':
      '<workbook><sheets><sheet name="Risks" sheetId="1" r:id="b"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="b" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="c" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    'xl/sharedStrings.xml': '<sst/>',
    'xl/worksheets/sheet1.xml': '<worksheet/>',
  }
}

function replacing(part: string, content: string): Buffer {
  return writeZip({ ...minimal(), [part]: content })
}
