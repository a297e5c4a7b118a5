import { deflateSync } from 'node:zlib'
import { writeZip } from '#tests/support/xlsx_writer'

const WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

/** A Word document with this body, as Word writes its main part. */
export function writeDocx(body: string) {
  return writeZip({
    '[Content_Types].xml': '<Types/>',
    'word/document.xml': `<?xml version="1.0"?><w:document ${WORD}><w:body>${body}</w:body></w:document>`,
  })
}

export const paragraph = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`

/** A PDF with a page for each text; `pad` adds so many bytes of padding to each, compressed. */
export function writePdf(pages: string[], { pad = 0 } = {}) {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${pages.map((_, index) => `${4 + index * 2} 0 R`).join(' ')}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...pages.flatMap((text, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents ${5 + index * 2} 0 R
        /Resources << /Font << /F1 3 0 R >> >> >>`,
      contentOf(text, pad),
    ]),
  ]
  return assembled(objects)
}

function contentOf(text: string, pad: number) {
  const drawn = text && `BT /F1 12 Tf 50 700 Td (${text}) Tj ET`
  const packed = deflateSync(Buffer.concat([Buffer.from(drawn), Buffer.alloc(pad, 32)]))
  const head = `<< /Length ${packed.length} /Filter /FlateDecode >>`
  return `${head}\nstream\n${packed.toString('latin1')}\nendstream`
}

function assembled(objects: string[]) {
  let file = '%PDF-1.7\n'
  const places = objects.map((object, index) => {
    const place = file.length
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
    return place
  })
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  const start = file.length
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`
  file += `trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(file, 'latin1')
}
