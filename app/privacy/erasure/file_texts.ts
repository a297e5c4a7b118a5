import { Zip } from '#imports/workbook/zip'

/** How deep documents may be nested in the file. */
const DEEPEST = 2

const TEXT = /\.(xml|rels|txt|csv)$/
const PACKAGE = /\.(docx|xlsx|pptx|odt|ods|odp)$/

/** The end of a line, a paragraph or a cell: the words on either side of it are separate. */
const ENDS =
  /<\/(?:\w+:)?(?:p|h|si|is|c|v|row|tr|tc|text|comment)>|<(?:\w+:)?(?:br|cr|tab|s|line-break)\b[^<>]*>/g

const BYTE_ORDER = /\xfe\xff|\xff\xfe|\\376\\377/g

/**
 * The file as it is and, for an office document, the texts in it with its properties and the authors of tracked
 * changes.
 */
export function textsIn(bytes: Buffer, depth = 0): string[] {
  return [bytes.toString('utf8'), narrowed(bytes), ...inParts(bytes, depth)]
}

/** Properties of PDF files are in UTF-16: the Latin part of it, without the other half of each letter. */
function narrowed(bytes: Buffer) {
  const text = bytes.toString('latin1')
  return text.replaceAll(BYTE_ORDER, ' ').replaceAll(/\0|\\000/g, '')
}

function inParts(bytes: Buffer, depth: number): string[] {
  const zip = opened(bytes)
  if (!zip) return []
  return zip.names.flatMap((name) => {
    if (TEXT.test(name)) return inXml(contentOf(zip, name)?.toString('utf8') ?? '')
    const part = depth < DEEPEST && PACKAGE.test(name) ? contentOf(zip, name) : null
    return part ? textsIn(part, depth + 1) : []
  })
}

function opened(bytes: Buffer) {
  if (!bytes.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) return null
  try {
    return new Zip(bytes)
  } catch {
    // Damaged or too large to unpack: whatever can be read is searched as it is.
    return null
  }
}

function contentOf(zip: Zip, name: string) {
  try {
    return zip.read(name)
  } catch {
    return null
  }
}

/**
 * As it is, because attributes contain names too, and as it reads: a name may be split over several runs of formatting.
 */
function inXml(xml: string) {
  const reading = xml.replaceAll(ENDS, ' ').replaceAll(/<[^<>]+>/g, '')
  return [xml, reading].map(withoutEntities)
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function withoutEntities(text: string) {
  return text.replaceAll(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi,
    (whole, hex, number, name) =>
      name
        ? (NAMED[name] ?? whole)
        : character(hex ? Number.parseInt(hex, 16) : Number(number), whole)
  )
}

function character(code: number, otherwise: string) {
  return code <= 0x10ffff ? String.fromCodePoint(code) : otherwise
}
