import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { idOrNone } from '#models/ids'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'
import { sealedColumn } from '#models/mixins/sealed_column'
import { forgetNotices } from '#models/notification/retention'
import { takeTurnsInOrganisation } from '#models/saving/turns'
import { refuse } from '#models/violation'
import type { WebhookEvent } from '#models/webhook/events'
import { newWebhookSecret } from '#models/webhook/signature'
import Tenancy from '#tenancy/tenancy'

export const endpointStatuses = {
  active: 'Active',
  paused: 'Paused',
  failing: 'Switched off: it failed for days',
} as const

export type EndpointStatus = keyof typeof endpointStatuses

export const MOST_ENDPOINTS = 10

/** After this many days without a delivery the endpoint is switched off. */
export const PATIENCE_DAYS = 3

/** How long the former secret still signs, so that a receiver can change to the new one. */
const OVERLAP_HOURS = 24

/** An address of the organisation's own that is told what happens here, in signed messages. */
export default class WebhookEndpoint extends compose(BaseModel, tenanted, audited, versioned) {
  static audit = {
    type: 'webhook_endpoint',
    skip: ['secret', 'formerSecret', 'formerUntil', 'failingSince', 'createdBy'],
  }

  @column() declare name: string
  @column() declare url: string
  @column() declare events: WebhookEvent[]
  @column(sealedColumn('webhook_endpoints.secret')) declare secret: string
  @column(sealedColumn('webhook_endpoints.former_secret')) declare formerSecret: string | null
  @column.dateTime() declare formerUntil: DateTime | null
  @column() declare status: EndpointStatus
  /** Since when nothing has been delivered, if the last attempt failed. */
  @column.dateTime() declare failingSince: DateTime | null
  @column() declare createdBy: string

  /** One of the organisation's by id. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findById(id: string) {
    return this.query().where('id', idOrNone(id)).firstOrFail()
  }

  /** Adds an endpoint with its own secret. */
  static async add(fields: Pick<WebhookEndpoint, 'name' | 'url' | 'events'>) {
    await takeTurnsInOrganisation()
    const held = await this.query()
    if (held.length >= MOST_ENDPOINTS) {
      refuse('url', `You have reached the limit of ${MOST_ENDPOINTS} webhooks. Remove one first`)
    }
    const createdBy = Tenancy.current().membershipId!
    const secret = newWebhookSecret()
    return this.create({ ...fields, secret, createdBy, status: 'active', lockVersion: 1 })
  }

  /** Throws StaleRecord when someone else has changed it first. */
  async revise(changes: Partial<WebhookEndpoint>, lockVersion: number) {
    await this.lockRow(lockVersion)
    return this.merge(changes as any).saveRevision()
  }

  /** Sets a new secret; the former one also signs for another day. Returns the new one. */
  async renewSecret() {
    const formerUntil = DateTime.utc().plus({ hours: OVERLAP_HOURS })
    Object.assign(this, { formerSecret: this.secret, formerUntil, secret: newWebhookSecret() })
    await this.auditAs('webhook_endpoint.secret_renewed')
      .auditBesides({ secret: { after: 'renewed' } })
      .save()
    return this.secret
  }

  /** Sends nothing from now on, until it is resumed. */
  async pause() {
    await this.holdRow()
    if (this.status === 'paused') return this
    this.status = 'paused'
    return this.auditAs('webhook_endpoint.paused').save()
  }

  /** Sends what happens from now on; what happened meanwhile is never sent. */
  async resume() {
    await this.holdRow()
    if (this.status === 'active') return this
    Object.assign(this, { status: 'active', failingSince: null })
    return this.auditAs('webhook_endpoint.resumed').save()
  }

  /**
   * Records the outcome of an attempt. Returns true when it has failed for so long that the endpoint is switched off;
   * one that was paused meanwhile stays so.
   */
  async tell(isDelivered: boolean) {
    if (this.status !== 'active' || (isDelivered && !this.failingSince)) return false
    const since = this.failingSince ?? DateTime.utc()
    const isHopeless = !isDelivered && since < DateTime.utc().minus({ days: PATIENCE_DAYS })
    this.failingSince = isDelivered ? null : since
    if (isHopeless) {
      this.status = 'failing'
      this.auditAs('webhook_endpoint.switched_off')
    }
    await this.save()
    return isHopeless
  }

  /** Deletes it, and the notices that lead to it. */
  async remove() {
    await this.delete()
    await forgetNotices([`/settings/webhooks/${this.id}`])
  }

  /** The secrets that sign now, newest first. */
  get signingSecrets() {
    const isOverlapping = this.formerUntil !== null && this.formerUntil > DateTime.utc()
    return isOverlapping ? [this.secret, this.formerSecret!] : [this.secret]
  }
}
