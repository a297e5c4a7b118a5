import { MB } from '#imports/limits'

/** Limits that keep one document from costing more than a few seconds and some 400 MB. */
export const DOCUMENT_LIMITS = {
  inputBytes: 5 * MB,
  /** The most pages of a PDF; text after the last one is left out. */
  pages: 100,
  /** How many characters of any document are read. */
  characters: 60_000,
  milliseconds: 10_000,
  /** How much memory reading a PDF may add to the process. */
  memory: 400 * MB,
}
