import { extname } from 'node:path'
import { DocumentError, type DocumentErrorCode } from '#imports/documents/document_error'
import { readDocx } from '#imports/documents/docx'
import { readEml } from '#imports/documents/eml'
import { DOCUMENT_LIMITS } from '#imports/documents/limits'
import { readPdf } from '#imports/documents/pdf'
import { ImportError, type ImportErrorCode } from '#imports/import_error'
import { decodeText } from '#imports/workbook/encoding'

export type ReadDocument = {
  text: string
  /** Whether there is more after what was read. */
  isCut: boolean
}

type Reader = (bytes: Buffer) => Promise<ReadDocument>

const whole = (text: string) => ({ text, isCut: false })

/** By file extension; each reader checks the bytes itself. */
const readers: Record<string, Reader> = {
  '.txt': async (bytes) => whole(decodeText(bytes)),
  '.md': async (bytes) => whole(decodeText(bytes)),
  '.docx': async (bytes) => whole(readDocx(bytes)),
  '.eml': async (bytes) => whole(await readEml(bytes)),
  '.pdf': (bytes) => readPdf(bytes),
}

/** The accepted file extensions. */
export const DOCUMENT_KINDS = Object.keys(readers)

const codes: Partial<Record<ImportErrorCode, DocumentErrorCode>> = {
  bomb: 'bomb',
  too_slow: 'too_slow',
  encrypted: 'encrypted',
  encoding: 'encoding',
}

/** The text of an uploaded document. Throws DocumentError when it has none. */
export async function readDocument(name: string, bytes: Buffer): Promise<ReadDocument> {
  const kind = extname(name).toLowerCase()
  const read = Object.hasOwn(readers, kind) ? readers[kind] : null
  if (!read) throw new DocumentError('unknown')
  if (bytes.length > DOCUMENT_LIMITS.inputBytes) throw new DocumentError('too_large')
  const { text, isCut } = await read(bytes).catch(refuse)
  const tidied = tidy(text)
  if (!tidied) throw new DocumentError(kind === '.pdf' ? 'scanned' : 'empty')
  return shortened(tidied, isCut)
}

function refuse(error: unknown): never {
  if (error instanceof DocumentError) throw error
  if (error instanceof ImportError) {
    throw new DocumentError(codes[error.code] ?? 'damaged', { cause: error })
  }
  throw new DocumentError('damaged', { cause: error })
}

/** Without other systems' line ends, control characters, or more than one empty line. */
function tidy(text: string) {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .replaceAll(/(?<![^\S\n])[^\S\n]+\n/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .toWellFormed()
    .trim()
}

function shortened(text: string, isCut: boolean): ReadDocument {
  const most = DOCUMENT_LIMITS.characters
  if (text.length <= most) return { text, isCut }
  return { text: text.slice(0, most).toWellFormed(), isCut: true }
}
