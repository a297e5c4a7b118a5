import { MB } from '#imports/limits'

/** Ceilings that keep one document from costing more than a few seconds and some 400 MB. */
export const DOCUMENT_LIMITS = {
  inputBytes: 5 * MB,
  /** Of a PDF; text behind the last one is left out. */
  pages: 100,
  /** What is read of any document, in characters. */
  characters: 60_000,
  milliseconds: 10_000,
  /** What reading a PDF may add to the process. */
  memory: 400 * MB,
}
