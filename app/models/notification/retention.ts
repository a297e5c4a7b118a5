import RetentionSettings from '#models/retention_settings'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** Deletes this organisation's notices that are older than it keeps them, read or not: 180 days at most. */
export async function deleteOldNotifications() {
  const { trx, organisationId } = Tenancy.current()
  const { notifications } = await RetentionSettings.days()
  await sql(
    trx,
    `delete from notifications
      where organisation_id = ? and created_at < now() - make_interval(days => ?)`,
    [organisationId, notifications]
  )
}
