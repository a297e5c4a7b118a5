import RetentionSettings from '#models/retention_settings'
import { change } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** Deletes this organisation's notices that are past its retention, read or not: 180 days at most. Returns how many. */
export async function deleteOldNotifications() {
  const { trx, organisationId } = Tenancy.current()
  const { notifications } = await RetentionSettings.days()
  return change(
    trx,
    `delete from notifications
      where organisation_id = ? and created_at < now() - make_interval(days => ?)`,
    [organisationId, notifications]
  )
}
