import { change } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

const DAYS = 30

/** Deletes deliveries of the organisation at work past their retention; returns how many. */
export function deleteOldDeliveries() {
  const { trx, organisationId } = Tenancy.current()
  return change(
    trx,
    `delete from webhook_deliveries
      where organisation_id = ? and created_at < now() - make_interval(days => ?)`,
    [organisationId, DAYS]
  )
}
