import type { Traces } from '#models/erasure'
import { accountMadeAt } from '#models/user'
import { isBuriedRecord, type Tombstone } from '#privacy/erasure/tombstones'
import { everyOrganisation } from '#tenancy/organisations'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** Records of people outside whom the tombstones name, by tombstone. */
export async function buriedRecords(tombstones: Tombstone[]) {
  const found = new Map<Tombstone, Traces['externals']>()
  if (tombstones.length === 0) return found
  for (const organisationId of await everyOrganisation()) {
    for (const { id, email } of await recordsIn(organisationId)) {
      const record = { id, email, madeAt: accountMadeAt(id) }
      const tombstone = tombstones.find((one) => isBuriedRecord(one, record))
      if (tombstone) found.set(tombstone, [...(found.get(tombstone) ?? []), { organisationId, id }])
    }
  }
  return found
}

function recordsIn(organisationId: string): Promise<{ id: string; email: string | null }[]> {
  return Tenancy.system(organisationId, () =>
    sql(
      Tenancy.current().trx,
      'select id, email::text from external_resources where organisation_id = ?',
      [organisationId]
    )
  )
}
