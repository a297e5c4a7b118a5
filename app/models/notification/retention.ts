import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

const KEPT_DAYS = 180

/** Deletes this organisation's notices that are older than 180 days, read or not. */
export async function deleteOldNotifications() {
  const { trx, organisationId } = Tenancy.current()
  await sql(
    trx,
    `delete from notifications
      where organisation_id = ? and created_at < now() - make_interval(days => ?)`,
    [organisationId, KEPT_DAYS]
  )
}
