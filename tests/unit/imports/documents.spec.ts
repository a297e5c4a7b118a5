import { test } from '@japa/runner'
import { DocumentError } from '#imports/documents/document_error'
import { DOCUMENT_LIMITS } from '#imports/documents/limits'
import { readPdf } from '#imports/documents/pdf'
import { readDocument } from '#imports/documents/read_document'
import { paragraph, writeDocx, writePdf } from '#tests/support/documents'
import { processorTime } from '#tests/support/processor_time'
import { writeZip } from '#tests/support/xlsx_writer'

const MB = 1024 * 1024

async function textOf(name: string, bytes: Buffer) {
  return (await readDocument(name, bytes)).text
}

async function refusalOf(work: Promise<unknown>) {
  const error = await work.then(
    () => null,
    (thrown) => thrown
  )
  if (!(error instanceof DocumentError)) throw error ?? new Error('It was read')
  return error.code
}

test.group('Documents', () => {
  test('are read as the text that people see in them', async ({ assert }) => {
    const table = `<w:tbl><w:tr><w:tc>${paragraph('Risk')}</w:tc><w:tc>${paragraph('Crane')}</w:tc></w:tr></w:tbl>`
    const body = [
      paragraph('Minutes &amp; more'),
      '<w:p><w:r><w:t>The crane</w:t><w:tab/><w:t>is late</w:t></w:r></w:p>',
      '<w:p><w:del><w:r><w:delText>Struck out</w:delText></w:r></w:del><w:r><w:instrText>HYPERLINK "https://evil.test"</w:instrText></w:r></w:p>',
      table,
    ].join('')
    const read = await textOf('Minutes.DOCX', writeDocx(body))
    assert.equal(read, 'Minutes & more\nThe crane\tis late\n\nRisk \tCrane')
    assert.equal(
      await textOf('a.txt', Buffer.from('\ufeffOne\r\ntwo\u0007\r\n\r\n\r\n\r\nthree')),
      'One\ntwo\n\nthree'
    )
    assert.equal(await textOf('a.md', Buffer.from('# Caf\xe9', 'latin1')), '# Café')
    assert.equal(
      await textOf('a.pdf', writePdf(['The crane is late', 'Page two'])),
      'The crane is late\n\nPage two'
    )
  })

  test('that are emails give their subject, sender and text', async ({ assert }) => {
    const message = [
      'From: Ola Berg <ola@example.test>',
      'Subject: =?UTF-8?Q?Kr=C3=A5n?=',
      'Content-Type: multipart/alternative; boundary=x',
      '',
      '--x',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<style>p{}</style><p>It is &lt;late&gt;</p><img src="https://evil.test/a.png">',
      '--x--',
    ].join('\r\n')
    const read = await textOf('a.eml', Buffer.from(message))
    assert.match(read, /^Subject: Krån\nFrom: Ola Berg\n/)
    assert.include(read, 'It is <late>')
    assert.notInclude(read, 'evil.test')
  })

  test('of one long run are read in linear time: {0}')
    .with(['spaces', 'unclosed elements', 'unclosed tags'])
    .run(async ({ assert }, kind) => {
      const message = (html: string) => `Subject: x\r\nContent-Type: text/html\r\n\r\n${html}`
      const [name, content] = {
        'spaces': ['a.txt', `x${' '.repeat(300_000)}x`],
        'unclosed elements': ['a.eml', message('<style>'.repeat(60_000))],
        'unclosed tags': ['a.eml', message(`x${'<br '.repeat(60_000)}`)],
      }[kind]!
      const spent = processorTime()
      await readDocument(name, Buffer.from(content))
      assert.isBelow(spent(), 5)
    })

  test('are refused with what to do about it: {name}')
    .with([
      { name: 'a.exe', bytes: Buffer.from('MZ'), code: 'unknown' },
      { name: 'constructor', bytes: Buffer.from('x'), code: 'unknown' },
      { name: 'a.txt', bytes: Buffer.from('  \n '), code: 'empty' },
      { name: 'binary.txt', bytes: Buffer.alloc(500, 1), code: 'damaged' },
      { name: 'large.txt', bytes: Buffer.alloc(5 * MB + 1, 'a'), code: 'too_large' },
      { name: 'no.docx', bytes: Buffer.from('no zip'), code: 'damaged' },
      { name: 'sheet.docx', bytes: writeZip({ 'xl/workbook.xml': '<a/>' }), code: 'damaged' },
      {
        name: 'bomb.docx',
        bytes: writeZip({ 'word/document.xml': Buffer.alloc(49 * MB, 'a') }),
        code: 'bomb',
      },
      {
        name: 'entities.docx',
        bytes: writeZip({
          'word/document.xml': '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        }),
        code: 'damaged',
      },
      { name: 'no.pdf', bytes: Buffer.from('%PDF-1.7 nothing'), code: 'damaged' },
      { name: 'scanned.pdf', bytes: writePdf(['', '']), code: 'scanned' },
      { name: 'bomb.pdf', bytes: writePdf(['x'], { pad: 900 * MB }), code: 'bomb' },
    ])
    .run(async ({ assert }, { name, bytes, code }) => {
      assert.equal(await refusalOf(readDocument(name, bytes)), code)
    })

  test('that take too long are given up', async ({ assert }) => {
    const limits = { ...DOCUMENT_LIMITS, milliseconds: 1 }
    assert.equal(await refusalOf(readPdf(writePdf(['x']), limits)), 'too_slow')
  })

  test('are read as far as the limits of pages and characters', async ({ assert }) => {
    const long = await readDocument('a.txt', Buffer.from('é'.repeat(60_001)))
    assert.lengthOf(long.text, 60_000)
    assert.isTrue(long.isCut)
    const pages = await readDocument('a.pdf', writePdf(Array(101).fill('A page')))
    assert.lengthOf(pages.text.match(/A page/g)!, 100)
    assert.isTrue(pages.isCut)
    assert.isFalse((await readDocument('a.txt', Buffer.from('short'))).isCut)
  })
})
