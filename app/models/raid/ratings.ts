import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/**
 * Recalculates the sort value of the organisation's issues, after its bands changed. Until then the list shows the new
 * priorities, perhaps still in the old order.
 */
export async function rateIssues() {
  const { trx, organisationId } = Tenancy.current()
  await sql(trx, 'select pg_advisory_xact_lock_shared(hashtextextended(?, 9120))', [organisationId])
  await sql(
    trx,
    `update raid_items
        set rating = issue_rating(raid_items.severity * raid_items.urgency, null, bands)
       from raid_scoring bands
      where raid_items.organisation_id = ? and bands.organisation_id = raid_items.organisation_id
        and raid_items.type = 'issue' and raid_items.priority_override is null
        and raid_items.rating <> issue_rating(raid_items.severity * raid_items.urgency, null, bands)`,
    [organisationId]
  )
}
