import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { record } from '#audit/events'
import { enqueue, enqueueAll } from '#jobs/enqueue'
import { idOrNone } from '#models/ids'
import { tenanted } from '#models/mixins/tenanted'
import { refuse } from '#models/violation'
import { TEST_EVENT } from '#models/webhook/events'
import type WebhookEndpoint from '#models/webhook_endpoint'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export const deliveryStates = { queued: 'Waits', delivered: 'Delivered', failed: 'Failed' } as const

export type DeliveryState = keyof typeof deliveryStates

/** The condition for rows that were tried without success. Those still queued may wait for hours before the next attempt. */
export const IS_UNHEARD = `(state = 'failed' or (state = 'queued' and attempts > 0))`

/** One event as one endpoint is told of it, and the outcome. */
export default class WebhookDelivery extends compose(BaseModel, tenanted) {
  static table = 'webhook_deliveries'

  @column() declare endpointId: string
  @column() declare eventId: string
  @column() declare action: string
  @column() declare state: DeliveryState
  @column() declare attempts: number
  /** The receiver's answer to the last attempt; null when it gave none. */
  @column() declare responseCode: number | null
  /** Our code for what kept it from being delivered. */
  @column() declare failure: string | null
  @column.dateTime() declare attemptedAt: DateTime | null
  @column.dateTime() declare dueAt: DateTime

  /** One of an endpoint's by id. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findIn(endpoint: WebhookEndpoint, id: string) {
    return this.query().where('endpoint_id', endpoint.id).where('id', idOrNone(id)).firstOrFail()
  }

  /** Sends an endpoint a test, to show that its receiver listens and verifies. */
  static async test(endpoint: WebhookEndpoint) {
    await holdActive(endpoint)
    const { trx } = Tenancy.current()
    const what = { entityType: 'webhook_endpoint', entityId: endpoint.id }
    const eventId = await record({ ...what, action: TEST_EVENT })
    await endpoint.merge({ updatedAt: DateTime.utc() }).save()
    const told = { endpointId: endpoint.id, eventId, action: TEST_EVENT }
    const { id } = await this.create({
      ...told,
      state: 'queued',
      attempts: 0,
      dueAt: DateTime.utc(),
    })
    await enqueue(trx, 'deliver_webhook', { deliveryId: id })
  }

  /** Sends now everything in the log that was tried without success, earliest first. Returns how many. */
  static async redeliverUnheard(endpoint: WebhookEndpoint) {
    await holdActive(endpoint)
    const { organisationId, trx } = Tenancy.current()
    const rows = await sql<{ id: string }>(
      trx,
      `update webhook_deliveries set state = 'queued', due_at = now(), updated_at = now(),
              attempts = case state when 'failed' then 0 else attempts end,
              failure = case state when 'failed' then null else failure end
        where organisation_id = ? and endpoint_id = ? and ${IS_UNHEARD} returning id`,
      [organisationId, endpoint.id]
    )
    const payloads = rows.map(({ id: deliveryId }) => ({ deliveryId })).toSorted(byDelivery)
    await enqueueAll(trx, 'deliver_webhook', payloads)
    if (rows.length > 0)
      await endpoint.touch('webhook_endpoint.redelivered', { deliveries: { after: rows.length } })
    return rows.length
  }

  /** Sends it now at a person's request: once more, or before its next attempt. A receiver recognises it by its id. */
  async redeliver(endpoint: WebhookEndpoint) {
    await holdActive(endpoint)
    const { trx } = Tenancy.current()
    if (this.state !== 'queued')
      Object.assign(this, { state: 'queued', attempts: 0, failure: null })
    this.dueAt = DateTime.utc()
    await this.save()
    await enqueue(trx, 'deliver_webhook', { deliveryId: this.id })
    await endpoint.touch('webhook_endpoint.redelivered', { delivery: { after: this.id } })
  }
}

/** The endpoint is held before its deliveries, as when it is deleted with them. */
async function holdActive(endpoint: WebhookEndpoint) {
  await endpoint.holdRow()
  if (endpoint.status !== 'active') refuse('delivery', 'Resume the endpoint first')
}

/** Ids begin with the time of their creation. */
function byDelivery(one: { deliveryId: string }, other: { deliveryId: string }) {
  return one.deliveryId < other.deliveryId ? -1 : 1
}
