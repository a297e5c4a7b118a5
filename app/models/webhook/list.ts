import { OPEN_REF } from '#models/webhook/message'
import { readByIds } from '#models/lists/id_pages'
import type { Page } from '#models/lists/keyset'
import { IS_UNHEARD, type DeliveryState } from '#models/webhook_delivery'
import { Conditions } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A delivery as the log shows it. */
export type DeliveryRow = {
  id: string
  action: string
  ref: string | null
  state: DeliveryState
  attempts: number
  response_code: number | null
  failure: string | null
  created_at: Date
  attempted_at: Date | null
  due_at: Date
}

const PER_PAGE = 25

/** One page of an endpoint's deliveries, latest first. */
export function listDeliveries(
  endpoint: { id: string },
  after: string | null
): Promise<Page<DeliveryRow>> {
  const { trx, organisationId } = Tenancy.current()
  const conditions = new Conditions()
    .add('deliveries.organisation_id = ?', organisationId)
    .add('deliveries.endpoint_id = ?', endpoint.id)
  const place = { after, before: null }
  return readByIds({ place, ids: 'deliveries.id', perPage: PER_PAGE }, (from, order, limit) => {
    const part = conditions.also(from)
    return read<DeliveryRow>(
      trx,
      `select deliveries.id, deliveries.action, deliveries.state, deliveries.attempts,
            deliveries.response_code, deliveries.failure, deliveries.created_at,
            deliveries.attempted_at, deliveries.due_at,
            (select ${OPEN_REF} from audit.events
              where events.organisation_id = deliveries.organisation_id
                and events.id = deliveries.event_id) as ref
       from webhook_deliveries deliveries
      where ${part.text} order by deliveries.id ${order} limit ?`,
      [...part.values, limit]
    )
  })
}

/** Whether any delivery in an endpoint's log never reached it. */
export async function hasUnheardDeliveries(endpoint: { id: string }) {
  const { trx, organisationId } = Tenancy.current()
  const [{ has_unheard: hasUnheard }] = await read<{ has_unheard: boolean }>(
    trx,
    `select exists (select from webhook_deliveries
      where organisation_id = ? and endpoint_id = ? and ${IS_UNHEARD}) as has_unheard`,
    [organisationId, endpoint.id]
  )
  return hasUnheard
}

/** Each endpoint's latest delivery, and its outcome. */
export function latestDeliveries() {
  const { trx, organisationId } = Tenancy.current()
  return read<{ endpoint_id: string; state: DeliveryState; attempted_at: Date }>(
    trx,
    `select latest.* from webhook_endpoints endpoints
      cross join lateral (
        select endpoint_id, state, attempted_at from webhook_deliveries deliveries
         where deliveries.organisation_id = endpoints.organisation_id
           and deliveries.endpoint_id = endpoints.id and attempted_at is not null
         order by id desc limit 1) latest
      where endpoints.organisation_id = ?`,
    [organisationId]
  )
}
