import drive from '@adonisjs/drive/services/main'
import { Zip } from '#imports/workbook/zip'
import { keyOf, type StoredFile } from '#models/evidence/files'
import type { Place } from '#privacy/erasure/door'
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
    if (bytes && readable(bytes).some((text) => pattern.test(text))) {
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

/** The file as it is and, of an office document, the texts inside it. */
function readable(bytes: Buffer): string[] {
  return [bytes.toString('utf8'), ...partsOf(bytes).map(withoutTags)]
}

function partsOf(bytes: Buffer): string[] {
  if (!bytes.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) return []
  try {
    const zip = new Zip(bytes)
    const names = zip.names.filter((name) => /\.(xml|rels|txt|csv)$/.test(name))
    return names.flatMap((name) => zip.read(name)?.toString('utf8') ?? [])
  } catch {
    // Damaged or too large to unpack: what can be read of it was read above.
    return []
  }
}

/** A name may be split over several runs of formatting. */
function withoutTags(xml: string) {
  return xml.replaceAll(/<[^>]+>/g, '')
}
