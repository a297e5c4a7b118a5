import { DocumentError, type DocumentErrorCode } from '#imports/documents/document_error'
import { DOCUMENT_LIMITS } from '#imports/documents/limits'
import type { PdfOrder, PdfText } from '#imports/documents/pdf_worker'
import { bytesAlone, fileBeside, inThread } from '#imports/in_thread'

/** PDF.js's names for what is wrong with a file. */
const failures: Record<string, DocumentErrorCode> = { PasswordException: 'encrypted' }

/**
 * The text of a PDF, read in its own thread, which ends when it takes too long or too much memory. Throws DocumentError
 * if something is wrong with the file.
 */
export async function readPdf(bytes: Buffer, limits = DOCUMENT_LIMITS): Promise<PdfText> {
  const { pages, characters, milliseconds, memory } = limits
  const order: PdfOrder = { bytes: bytesAlone(bytes), pages, characters }
  const answer = await inThread<PdfText | { failure: string }>(
    fileBeside(import.meta.url, 'pdf_worker'),
    order,
    {
      milliseconds,
      heap: memory,
      added: memory,
      execArgv: [],
      refusal: (code) => new DocumentError(code),
    }
  )
  if ('failure' in answer) throw new DocumentError(failures[answer.failure] ?? 'damaged')
  return answer
}
