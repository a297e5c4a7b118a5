import { isUtf8 } from 'node:buffer'
import { Zip } from '#imports/workbook/zip'

/** How deep documents may be nested in the file. */
const DEEPEST = 2

const TEXT = /\.(xml|rels|txt|csv)$/
const PACKAGE = /\.(docx|xlsx|pptx|odt|ods|odp)$/

/** The end of a line, a paragraph or a cell: the words on either side of it are separate. */
const ENDS =
  /<\/(?:\w+:)?(?:p|h|si|is|c|v|row|tr|tc|text|comment)>|<(?:\w+:)?(?:br|cr|tab|s|line-break)\b[^<>]*>/g

const BYTE_ORDER = /\xfe\xff|\xff\xfe/g

/** What begins a property of a PDF file in UTF-16, and as much as a name in it can take; the same in hexadecimal. */
const WIDE = /\xfe\xff((?:(?!\xfe\xff)[^]){2,500})/g
const WIDE_HEX = /<feff([0-9a-f\s]{4,2000})>/gi
const ESCAPED = /\\(?:([0-3][0-7]{2})|([()\\]))/g

/** How systems write texts that are not in UTF-8; Latin letters are read without. */
const CODE_PAGES = [
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'windows-1258',
  'windows-874',
  'koi8-r',
  'shift_jis',
  'gb18030',
  'big5',
  'euc-kr',
]

/**
 * The file as it is and, for an office document, the texts in it with its properties and the authors of tracked
 * changes.
 */
export function textsIn(bytes: Buffer, depth = 0): string[] {
  const latin = bytes.toString('latin1')
  const readings = latin.startsWith('%PDF-') ? propertiesIn(latin) : inCodePages(bytes, latin)
  return [bytes.toString('utf8'), narrowed(latin), ...readings, ...inParts(bytes, depth)]
}

/** Also the Latin part of UTF-16, without the other half of each letter. */
function narrowed(latin: string) {
  return latin.replaceAll(BYTE_ORDER, ' ').replaceAll('\0', '')
}

/** Properties of PDF files may be in UTF-16: as bytes, some or all of them as octal numbers, or in hexadecimal. */
function propertiesIn(latin: string) {
  const plain = latin.replaceAll(ESCAPED, (_, octal, sign) =>
    octal ? String.fromCharCode(Number.parseInt(octal, 8)) : sign
  )
  const wide = [...plain.matchAll(WIDE)].map(([, part]) => Buffer.from(part, 'latin1'))
  const hex = [...latin.matchAll(WIDE_HEX)].map(([, digits]) =>
    Buffer.from(digits.replaceAll(/\s/g, ''), 'hex')
  )
  return [plain, ...[...wide, ...hex].map(fromUtf16)]
}

function fromUtf16(bytes: Buffer) {
  const whole = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)))
  return whole.swap16().toString('utf16le')
}

function inCodePages(bytes: Buffer, latin: string) {
  if (isUtf8(bytes) || latin.includes('\0')) return []
  return CODE_PAGES.map((page) => new TextDecoder(page).decode(bytes))
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
