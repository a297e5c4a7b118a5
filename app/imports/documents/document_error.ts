import { DOCUMENT_LIMITS } from '#imports/documents/limits'
import { MB } from '#imports/limits'

const MESSAGES = {
  empty: 'There is no text in this file.',
  scanned:
    'This PDF holds pictures of pages and no text. Have its text recognised, or type what matters.',
  too_large: `This file is over the ${DOCUMENT_LIMITS.inputBytes / MB} MB limit. Delete pictures, or copy what matters as text.`,
  too_slow: 'This file takes too long to read. Copy what matters as text.',
  bomb: 'This file unpacks to far more than a document holds, so it was refused.',
  encrypted: 'This file is protected with a password. Remove the password and choose it again.',
  damaged: 'This file is damaged or is not what its name says. Save a new copy and choose that.',
  encoding:
    'We cannot tell which alphabet this file is in. Save it with the encoding UTF-8 and choose it again.',
  unknown: 'Choose a text (.txt, .md), a Word document (.docx), a PDF or a message (.eml).',
} as const

export type DocumentErrorCode = keyof typeof MESSAGES

/** A document whose text cannot be read: a code for programs, a message for people. */
export class DocumentError extends Error {
  constructor(
    readonly code: DocumentErrorCode,
    options?: ErrorOptions
  ) {
    super(MESSAGES[code], options)
  }
}
