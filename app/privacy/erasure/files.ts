import drive from '@adonisjs/drive/services/main'
import { keyOf, type StoredFile } from '#models/evidence/files'
import type { Place } from '#privacy/erasure/door'
import { textsIn } from '#privacy/erasure/file_texts'
import { inText, type Recognition } from '#privacy/erasure/recognition'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export const FILES = 'files'

/** Files of an organisation that name the person. Looked into are texts and office documents; not what is scanned or drawn. */
export async function filesNaming(
  organisationId: string,
  recognition: Recognition
): Promise<Place[]> {
  const pattern = inText(recognition)
  const found: Place[] = []
  for (const { id } of await storedFiles(organisationId)) {
    const bytes = await bytesOf(keyOf(organisationId, id))
    if (bytes && textsIn(bytes).some((text) => pattern.test(text))) {
      found.push({ place: FILES, rowKey: id, columns: ['content'] })
    }
  }
  return found
}

function storedFiles(organisationId: string): Promise<Pick<StoredFile, 'id'>[]> {
  return Tenancy.system(organisationId, () =>
    sql(
      Tenancy.current().trx,
      `select id from gate_evidence
        where organisation_id = ? and kind = 'file' and erased_at is null order by id`,
      [organisationId]
    )
  )
}

/** Null for a file that is kept no more. */
async function bytesOf(key: string) {
  const disk = drive.use()
  return (await disk.exists(key)) ? Buffer.from(await disk.getBytes(key)) : null
}
