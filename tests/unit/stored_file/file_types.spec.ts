import { test } from '@japa/runner'
import { EXTENSIONS, recognise } from '#models/stored_file/file_types'
import { writeZip as zipOf } from '#tests/support/xlsx_writer'

const OFFICE = '[Content_Types].xml'

const files: [name: string, bytes: Buffer, mediaType: string | null][] = [
  ['a.pdf', Buffer.from('%PDF-1.4'), 'application/pdf'],
  ['a.PDF', Buffer.from('%PDF-1.4'), 'application/pdf'],
  ['a.pdf', Buffer.from(' %PDF-1.4'), null],
  ['a.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]), 'image/png'],
  ['a.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'image/jpeg'],
  ['a.jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'image/jpeg'],
  ['a.png', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), null],
  ['a.gif', Buffer.from('GIF89a'), 'image/gif'],
  ['a.webp', Buffer.from('RIFF0000WEBP'), 'image/webp'],
  ['a.webp', Buffer.from('RIFF0000WAVE'), null],
  ['a.txt', Buffer.from('Überall\r\n\tgut'), 'text/plain'],
  ['a.md', Buffer.from('# Minutes'), 'text/plain'],
  ['a.csv', Buffer.from('a;b'), 'text/csv'],
  ['a.csv', Buffer.from('a\u0000b'), null],
  [
    'a.docx',
    zipOf({ [OFFICE]: '', 'word/document.xml': '' }),
    officeType('wordprocessingml.document'),
  ],
  ['a.xlsx', zipOf({ [OFFICE]: '', 'xl/workbook.xml': '' }), officeType('spreadsheetml.sheet')],
  [
    'a.xlsx',
    zipOf({ [OFFICE]: '', 'xl/workbook.xml': '', 'xl/printerSettings/printerSettings1.bin': '' }),
    officeType('spreadsheetml.sheet'),
  ],
  [
    'a.pptx',
    zipOf({ [OFFICE]: '', 'ppt/presentation.xml': '' }),
    officeType('presentationml.presentation'),
  ],
  ['a.docx', zipOf({ [OFFICE]: '', 'xl/workbook.xml': '' }), null],
  ['a.docx', zipOf({ [OFFICE]: '', 'word/document.xml': '', 'word/vbaProject.bin': '' }), null],
  ['a.docx', Buffer.from('PK\u0003\u0004 and nothing more'), null],
  [
    'a.odt',
    zipOf({ mimetype: 'application/vnd.oasis.opendocument.text' }),
    'application/vnd.oasis.opendocument.text',
  ],
  ['a.ods', zipOf({ mimetype: 'application/vnd.oasis.opendocument.text' }), null],
  [
    'a.odt',
    zipOf({ 'mimetype': 'application/vnd.oasis.opendocument.text', 'Basic/x.xml': '' }),
    null,
  ],
  ['a.zip', zipOf({ a: '' }), null],
  ['a.svg', Buffer.from('<svg/>'), null],
  ['a.html', Buffer.from('<p>'), null],
  ['pdf', Buffer.from('%PDF-1.4'), null],
]

test.group('Kinds of evidence file', () => {
  for (const [index, [name, bytes, mediaType]] of files.entries()) {
    test(`${index + 1}: ${name} is ${mediaType ?? 'refused'}`, ({ assert }) => {
      const found = recognise(name, bytes)
      if (mediaType) return assert.deepEqual(found, { mediaType })
      assert.property(found, 'refusal')
    })
  }

  test('none is one that browsers run', ({ assert }) => {
    const running = ['html', 'htm', 'xhtml', 'svg', 'xml', 'js', 'mjs', 'css', 'swf', 'exe', 'zip']
    assert.deepEqual(
      EXTENSIONS.filter((extension) => running.includes(extension)),
      []
    )
  })
})

function officeType(kind: string) {
  return `application/vnd.openxmlformats-officedocument.${kind}`
}
