import { ImportError } from '#imports/index'
import { Zip } from '#imports/workbook/zip'

/** A kind of file that may be handed in: its name, its extensions, and its first bytes. */
type FileType = {
  label: string
  mediaType: string
  extensions: string[]
  holds: (bytes: Buffer) => boolean
}

const startsWith = (...heads: (string | number[])[]) => {
  const wanted = heads.map((head) => Buffer.from(head))
  return (bytes: Buffer) => wanted.some((head) => bytes.subarray(0, head.length).equals(head))
}

const OFFICE = 'application/vnd.openxmlformats-officedocument'
const OPEN = 'application/vnd.oasis.opendocument'

/** Every accepted kind. None of them runs by being opened in a browser, and macros are refused. */
const fileTypes: FileType[] = [
  type('PDF', 'application/pdf', ['pdf'], startsWith('%PDF-')),
  type('PNG', 'image/png', ['png'], startsWith([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])),
  type('JPEG', 'image/jpeg', ['jpg', 'jpeg'], startsWith([0xff, 0xd8, 0xff])),
  type('GIF', 'image/gif', ['gif'], startsWith('GIF87a', 'GIF89a')),
  type(
    'WebP',
    'image/webp',
    ['webp'],
    (bytes) => startsWith('RIFF')(bytes) && bytes.subarray(8, 12).toString('latin1') === 'WEBP'
  ),
  office('Word', `${OFFICE}.wordprocessingml.document`, 'docx', 'word/document.xml'),
  office('Excel', `${OFFICE}.spreadsheetml.sheet`, 'xlsx', 'xl/workbook.xml'),
  office('PowerPoint', `${OFFICE}.presentationml.presentation`, 'pptx', 'ppt/presentation.xml'),
  openDocument('OpenDocument text', `${OPEN}.text`, 'odt'),
  openDocument('OpenDocument spreadsheet', `${OPEN}.spreadsheet`, 'ods'),
  openDocument('OpenDocument presentation', `${OPEN}.presentation`, 'odp'),
  type('text', 'text/plain', ['txt', 'md'], isText),
  type('CSV', 'text/csv', ['csv'], isText),
]

/** The accepted extensions, for the file field and the message when one is refused. */
export const EXTENSIONS = fileTypes.flatMap(({ extensions }) => extensions)

/** The same in the form of a file field's `accept`. */
export const ACCEPT = EXTENSIONS.map((extension) => `.${extension}`).join(',')

/** The name of files of this media type. */
export function kindOf(mediaType: string) {
  return fileTypes.find((one) => one.mediaType === mediaType)?.label ?? mediaType
}

type Recognised = { mediaType: string } | { refusal: string }

/** Recognises a file by its bytes; its name must match. */
export function recognise(name: string, bytes: Buffer): Recognised {
  const extension = name.toLowerCase().match(/\.([a-z0-9]+)$/)?.[1] ?? ''
  const named = fileTypes.find(({ extensions }) => extensions.includes(extension))
  if (!named) return { refusal: `Choose a file of one of these kinds: ${EXTENSIONS.join(', ')}` }
  if (named.holds(bytes)) return { mediaType: named.mediaType }
  return { refusal: `This is not a ${named.label} file, although its name says so` }
}

function type(label: string, mediaType: string, extensions: string[], holds: FileType['holds']) {
  return { label, mediaType, extensions, holds }
}

/** A package with the part that identifies its kind, and none that holds macros. */
function office(label: string, mediaType: string, extension: string, part: string) {
  return type(label, mediaType, [extension], (bytes) => {
    const zip = opened(bytes)
    if (!zip || !zip.names.includes('[content_types].xml') || !zip.names.includes(part))
      return false
    return !zip.names.some((name) => /vbaproject|\.bin$|activex/.test(name) && !isPrinting(name))
  })
}

/** Printer settings are the one harmless binary that spreadsheets contain. */
function isPrinting(name: string) {
  return /printersettings\d*\.bin$/.test(name)
}

/** A package that names its kind in its first entry; any scripts are in a folder of their own. */
function openDocument(label: string, mediaType: string, extension: string) {
  return type(label, mediaType, [extension], (bytes) => {
    const zip = opened(bytes)
    if (!zip || zip.names.some((name) => /^(basic|scripts)\//.test(name))) return false
    return zip.read('mimetype')?.toString('latin1').trim() === mediaType
  })
}

function opened(bytes: Buffer) {
  try {
    const zip = startsWith('PK\u0003\u0004')(bytes) ? new Zip(bytes) : null
    return zip && !zip.encrypted ? zip : null
  } catch (error) {
    if (error instanceof ImportError || error instanceof RangeError) return null
    throw error
  }
}

/** Text in UTF-8 or a code page, without the control characters that only binaries have. */
function isText(bytes: Buffer) {
  return !bytes.subarray(0, 64 * 1024).some((byte) => byte < 9 || (byte > 13 && byte < 32))
}
