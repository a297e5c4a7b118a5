import { kindOf } from '#models/stored_file/file_types'
import { sizeInWords } from '#models/sizes'

/** What stands where a file was that went with somebody's data. */
const GONE = 'The file was deleted because it named someone whose data was erased'

type Told = { erasedAt: unknown; mediaType: string | null; size: number | null }

/** What there is to know of a file before it is opened. */
export function fileNote({ erasedAt, mediaType, size }: Told) {
  return erasedAt ? GONE : `${kindOf(mediaType!)}, ${sizeInWords(size!)}`
}
