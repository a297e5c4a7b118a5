import { recognise } from '#models/stored_file/file_types'
import { isPlainLink } from '#models/text/plain_link'
import { LARGEST } from '#models/text/sizes'
import { fileName } from '#models/stored_file/naming'
import { hash } from '#transfer/archive'
import type { Row } from '#transfer/format'

/** Whether a row of a table with files has one: evidence may be a link or a record instead. */
export function isFile({ kind }: Row) {
  return kind === undefined || kind === 'file'
}

/**
 * Whether a row with a file can be imported from an archive, which anyone can make: it has to meet the same rules as
 * files and links that people add. The media type comes from its bytes.
 */
export function isTakable(row: Row, bytes: Buffer | null): boolean {
  if (row.kind === 'link') return isPlainLink(row.url)
  if (!isFile(row)) return true
  row.size = bytes?.length ?? 0
  row.name = fileName(String(row.name))
  if (bytes === null) return true
  if (bytes.length > LARGEST || hash(bytes) !== row.sha256) return false
  const recognised = recognise(row.name as string, bytes)
  if ('refusal' in recognised) return false
  row.media_type = recognised.mediaType
  return true
}
