import { kindOf } from '#models/stored_file/file_types'
import { sizeInWords } from '#models/text/sizes'

/** Shown in place of a file that was erased together with someone's data. */
const GONE = 'The file was deleted because it named someone whose data was erased'

type Told = { erasedAt: unknown; mediaType: string | null; size: number | null }

/** What to know about a file before opening it. */
export function fileNote({ erasedAt, mediaType, size }: Told) {
  return erasedAt ? GONE : `${kindOf(mediaType!)}, ${sizeInWords(size!)}`
}
