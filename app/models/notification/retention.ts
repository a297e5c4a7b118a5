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

/** Deletes the notices that lead to these pages, or to a place on one: what they are about was deleted. */
export async function forgetNotices(paths: string[]) {
  if (paths.length === 0) return
  const { trx, organisationId } = Tenancy.current()
  await change(
    trx,
    `delete from notifications where organisation_id = ? and split_part(path, '#', 1) = any(?)`,
    [organisationId, paths]
  )
}
