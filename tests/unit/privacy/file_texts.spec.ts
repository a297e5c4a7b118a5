import { test } from '@japa/runner'
import { textsIn } from '#privacy/erasure/file_texts'
import { inText, recognitionOf } from '#privacy/erasure/recognition'
import { paragraph, writePdf } from '#tests/support/documents'
import { writeZip } from '#tests/support/xlsx_writer'

const NAME = 'Ada O’Quillferret'

/** Whether the file is found by the name of whoever is erased. */
function names(bytes: Buffer, ...known: string[]) {
  const emails = ['ada.q@demo.example']
  const traces = { userId: null, names: [NAME, ...known], emails, subjects: [], externals: [] }
  const pattern = inText(recognitionOf(traces))
  return textsIn(bytes).some((text) => pattern.test(text))
}

const document = (parts: Record<string, string>) =>
  writeZip({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w:document/>', ...parts })

test.group('A name inside a file', () => {
  test('is found in {place}')
    .with([
      {
        place: 'the properties, beside others',
        part: 'docProps/core.xml',
        xml: `<cp:coreProperties><dc:title>Plan</dc:title><dc:creator>${NAME}</dc:creator><cp:lastModifiedBy>${NAME}</cp:lastModifiedBy><cp:revision>2</cp:revision></cp:coreProperties>`,
      },
      {
        place: 'a tracked change',
        part: 'word/document.xml',
        xml: `<w:p><w:ins w:id="1" w:author="${NAME}" w:date="2026-05-01T10:00:00Z"><w:r><w:t>More</w:t></w:r></w:ins></w:p>`,
      },
      {
        place: 'the author of a comment',
        part: 'ppt/commentAuthors.xml',
        xml: `<p:cmAuthorLst><p:cmAuthor id="1" name="${NAME}" initials="AQ"/></p:cmAuthorLst>`,
      },
      {
        place: 'a link',
        part: 'word/_rels/document.xml.rels',
        xml: '<Relationships><Relationship Target="mailto:ada.q@demo.example"/></Relationships>',
      },
      {
        place: 'a line of its own',
        part: 'word/document.xml',
        xml: `<w:body>${paragraph('Approved by')}${paragraph(NAME)}${paragraph('Director')}</w:body>`,
      },
      {
        place: 'several runs between lines',
        part: 'word/document.xml',
        xml: `<w:p><w:r><w:t>By</w:t></w:r></w:p><w:p><w:r><w:t>Ada O’Quill</w:t></w:r><w:r><w:t>ferret</w:t></w:r></w:p><w:p><w:r><w:t>Director</w:t></w:r></w:p>`,
      },
      {
        place: 'entities',
        part: 'word/document.xml',
        xml: '<w:t>Ada O&#x2019;Quillferret</w:t>',
      },
    ])
    .run(({ assert }, { part, xml }) => {
      assert.isTrue(names(document({ [part]: xml })))
    })

  test('is found in a document within a document', ({ assert }) => {
    const inner = document({ 'docProps/core.xml': `<dc:creator>${NAME}</dc:creator>` })
    const outer = writeZip({ '[Content_Types].xml': '<Types/>', 'ppt/embeddings/a.docx': inner })
    assert.isTrue(names(outer))
  })

  test('is found in the properties of a PDF file, in UTF-16 too: {name}')
    .with([{ name: 'Ida Brunel' }, { name: 'Дарья Оленина' }, { name: '田中 太郎' }])
    .run(({ assert }, { name }) => {
      const wide = Buffer.from(`\uFEFF${name}`, 'utf16le').swap16()
      const octal = [...wide].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')
      const letters = [...wide.subarray(2)].map((byte) =>
        byte < 32 || byte > 126
          ? `\\${byte.toString(8).padStart(3, '0')}`
          : String.fromCharCode(byte)
      )
      const escaped = letters.map((sign) => ('()\\'.includes(sign) ? `\\${sign}` : sign)).join('')
      const written = [
        ['(', wide, ')'],
        ['(', octal, ')'],
        ['(', `\\376\\377${escaped}`, ')'],
        ['<', wide.toString('hex').toUpperCase(), '>'],
      ]
      for (const parts of written) {
        const author = parts.map((part) => Buffer.from(part as string))
        const before = [writePdf(['']), Buffer.from('/Title (\xfe\xff\0P)/Author ', 'latin1')]
        const pdf = Buffer.concat([...before, ...author, Buffer.from('/Creator(Writer)')])
        assert.isTrue(names(pdf, name), String(parts[1]))
        assert.isFalse(names(pdf))
      }
    })

  test('takes no more room than some readings of the file, whatever begins in it', ({ assert }) => {
    const begun = Buffer.from('\xfe\xff'.repeat(50_000), 'latin1')
    const pdf = Buffer.concat([writePdf(['']), begun])
    const room = textsIn(pdf).reduce((sum, text) => sum + text.length, 0)
    assert.isBelow(room, 5 * pdf.length)
  })

  test('is found in a text file of a code page', ({ assert }) => {
    const cyrillic = Buffer.from('c4e0f0fcff20ceebe5ede8ede0', 'hex')
    const japanese = Buffer.from('936392862091be9859', 'hex')
    for (const [bytes, name] of [
      [cyrillic, 'Дарья Оленина'],
      [japanese, '田中 太郎'],
      [Buffer.from('Zo\xeb N\xfa\xf1ez', 'latin1'), 'Zoë Núñez'],
    ] as const) {
      const file = Buffer.concat([Buffer.from('Owner;'), bytes, Buffer.from('\r\n')])
      assert.isTrue(names(file, name), name)
      assert.isFalse(names(file))
    }
  })

  test('is found however its accents and spaces are written', ({ assert }) => {
    for (const written of ['Zoë\u00a0Núñez', 'Zoë Núñez'.normalize('NFD'), 'ZOË NÚÑEZ']) {
      assert.isTrue(names(Buffer.from(`Seen by ${written}, today`), 'Zoë Núñez'), written)
    }
  })

  test('is not taken for another, nor is a damaged part', ({ assert }) => {
    assert.isFalse(names(document({ 'docProps/core.xml': '<dc:creator>Ada</dc:creator>' })))
    assert.isFalse(names(document({ 'docProps/core.xml': `<dc:creator>x${NAME}</dc:creator>` })))
    assert.isFalse(names(Buffer.from('PK\u0003\u0004 and no more')))
  })
})
