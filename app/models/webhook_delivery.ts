import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { enqueue } from '#jobs/enqueue'
import { idOrNone } from '#models/ids'
import { tenanted } from '#models/mixins/tenanted'
import { refuse } from '#models/violation'
import type WebhookEndpoint from '#models/webhook_endpoint'
import Tenancy from '#tenancy/tenancy'

export const deliveryStates = { queued: 'Waits', delivered: 'Delivered', failed: 'Failed' } as const

export type DeliveryState = keyof typeof deliveryStates

/** One event as one endpoint is told of it, and what became of the telling. */
export default class WebhookDelivery extends compose(BaseModel, tenanted) {
  static table = 'webhook_deliveries'

  @column() declare endpointId: string
  @column() declare eventId: string
  @column() declare action: string
  @column() declare state: DeliveryState
  @column() declare attempts: number
  /** What the receiver answered to the last attempt; null where it did not. */
  @column() declare responseCode: number | null
  /** A code of ours for what kept it from being told. */
  @column() declare failure: string | null
  @column.dateTime() declare attemptedAt: DateTime | null
  @column.dateTime() declare dueAt: DateTime

  /** One of an endpoint's by id. Throws E_ROW_NOT_FOUND, also for what is not an id at all. */
  static findIn(endpoint: WebhookEndpoint, id: string) {
    return this.query().where('endpoint_id', endpoint.id).where('id', idOrNone(id)).firstOrFail()
  }

  /** Tells it once more, as a person asks; a receiver knows it by its id. */
  async redeliver(endpoint: WebhookEndpoint) {
    if (endpoint.status !== 'active') refuse('delivery', 'Resume the endpoint first')
    const { trx } = Tenancy.current()
    Object.assign(this, { state: 'queued', attempts: 0, failure: null, dueAt: DateTime.utc() })
    await this.save()
    await enqueue(trx, 'deliver_webhook', { deliveryId: this.id })
    await endpoint.touch('webhook_endpoint.redelivered', { delivery: { after: this.id } })
  }
}
