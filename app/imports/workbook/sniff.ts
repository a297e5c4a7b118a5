import { ImportError, type ImportErrorCode } from '#imports/import_error'

const IMAGES = ['89504e47', 'ffd8ff', '47494638', '49492a00', '4d4d002a', '424d']

/** Tells a zip from text by content; for anything else throws the error that names it. */
export function sniff(bytes: Uint8Array): 'zip' | 'text' {
  if (bytes.length === 0) throw new ImportError('empty')
  const magic = Buffer.from(bytes.subarray(0, 8)).toString('hex')
  if (magic.startsWith('504b0304')) return 'zip'
  if (magic.startsWith('504b0506')) throw new ImportError('not_a_workbook')
  if (magic === 'd0cf11e0a1b11ae1') throw new ImportError(oleKind(bytes))
  if (magic.startsWith('25504446')) throw new ImportError('pdf')
  if (isImage(magic, bytes)) throw new ImportError('image')
  if (magic.startsWith('1f8b') || magic.startsWith('377abcaf') || magic.startsWith('52617221')) {
    throw new ImportError('not_a_workbook')
  }
  if (magic.startsWith('0908') || magic.startsWith('0904')) throw new ImportError('old_excel')
  if (magic.startsWith('7b5c727466')) throw new ImportError('other_office_file')
  return 'text'
}

function isImage(magic: string, bytes: Uint8Array): boolean {
  if (magic.startsWith('52494646')) {
    return Buffer.from(bytes.subarray(8, 12)).toString('latin1') === 'WEBP'
  }
  if (magic.startsWith('424d')) return bytes.length > 26 && bytes[6] === 0 && bytes[7] === 0
  return IMAGES.some((image) => magic.startsWith(image))
}

function oleKind(bytes: Uint8Array): ImportErrorCode {
  const encrypted = Buffer.from('EncryptedPackage', 'utf16le')
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(encrypted)
    ? 'encrypted'
    : 'old_excel'
}

/** Refuses text that is markup or JSON rather than rows. */
export function refuseMarkup(text: string): void {
  const start = text.slice(0, 2_000).trimStart().toLowerCase()
  if (/^<(!doctype html|html|head|body|table|meta|style)\b/.test(start)) {
    throw new ImportError('html')
  }
  if (/^<\?xml|^<\w+[:\s>]/.test(start)) {
    throw new ImportError(/<html|<table/.test(start) ? 'html' : 'xml')
  }
  if (/^[[{]\s*["{[]/.test(start) && isJson(text)) throw new ImportError('json')
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
