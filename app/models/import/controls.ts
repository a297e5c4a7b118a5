import { createHash } from 'node:crypto'

/**
 * The names of the form controls that change how a file is read. Nothing from a file becomes part of a name: tables and
 * sheets are named by position, words by a digest.
 */
export const controls = {
  table: (index: number) => `t${index}`,
  use: (index: number) => `t${index}-use`,
  type: (index: number) => `t${index}-type`,
  known: 'known',
  /** The conflicts of records that a page shows, and those that are chosen. */
  shown: 'shown',
  take: 'take',
  /** The changes as they were when shown. */
  seen: 'seen',
  header: (sheet: number) => `s${sheet}-header`,
  column: (index: number, key: string, part: 'field' | 'scale' | 'dates') =>
    `t${index}-${plain(key)}-${part}`,
  value: (index: number, key: string, word: string) => `t${index}-${plain(key)}-v${digest(word)}`,
}

/** Several columns read as one have a key such as `E:G`, which is unsuitable in an element's id. */
function plain(key: string) {
  return key.replaceAll(':', '_')
}

function digest(word: string) {
  return createHash('sha256').update(word).digest('base64url').slice(0, 12)
}
