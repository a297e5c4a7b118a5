import drive from '@adonisjs/drive/services/main'
import { homeNames } from '#models/stored_file/homes'
import { filesOf } from '#models/stored_file/listing'
import type { Place } from '#privacy/erasure/door'
import { textsIn } from '#privacy/erasure/file_texts'
import { inText, type Recognition } from '#privacy/erasure/recognition'

export const FILES = 'files'

/**
 * Files of an organisation that name the person. Texts and office documents are searched; scans and drawings are not.
 */
export async function filesNaming(
  organisationId: string,
  recognition: Recognition
): Promise<Place[]> {
  const pattern = inText(recognition)
  const found: Place[] = []
  for (const home of homeNames) {
    for await (const { fileKey, id } of filesOf(organisationId, home)) {
      const bytes = await bytesOf(fileKey)
      if (bytes && textsIn(bytes).some((text) => pattern.test(text))) {
        found.push({ place: FILES, rowKey: id, columns: ['content'] })
      }
    }
  }
  return found
}

/** Null for a file that is no longer stored. */
async function bytesOf(key: string) {
  const disk = drive.use()
  return (await disk.exists(key)) ? Buffer.from(await disk.getBytes(key)) : null
}
