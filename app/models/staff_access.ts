import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { v7 as uuidv7 } from 'uuid'
import { record, type AuditValue } from '#audit/events'
import { idOrNone } from '#models/ids'
import Membership from '#models/membership'
import { tenanted } from '#models/mixins/tenanted'
import { notify } from '#models/notification'
import { takeTurnsInOrganisation } from '#models/saving/turns'
import { refuse } from '#models/violation'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** The longest that staff may look in. The database enforces it too. */
export const MOST_MINUTES = 60

const SHOWN = 100

/** A platform admin's permission to read the organisation's content for a while, and the reason. */
export default class StaffAccess extends compose(BaseModel, tenanted) {
  /** The platform admin. */
  @column() declare userId: string
  @column() declare reason: string
  @column.dateTime() declare expiresAt: DateTime
  @column.dateTime() declare endedAt: DateTime | null
  @column.dateTime() declare createdAt: DateTime

  /** Lets the platform admin at work read the organisation at work for so many minutes, and tells its owners. */
  static async open(reason: string, minutes: number) {
    const { userId } = Tenancy.current()
    await takeTurnsInOrganisation()
    if (await this.openOf(userId!))
      refuse('access_reason', 'You are already looking into this organisation')
    const access = await this.create({
      id: uuidv7(),
      userId: userId!,
      reason,
      expiresAt: DateTime.utc().plus({ minutes }),
    })
    await access.#tell('staff_access.opened', {
      reason: { after: reason },
      expires_at: { after: access.expiresAt.toISO() },
    })
    await access.#notifyOwners()
    return access
  }

  /** The open access of this platform admin; null for none. */
  static openOf(userId: string) {
    return this.#open().where('user_id', userId).first()
  }

  /** An open one. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findOpen(id: string) {
    return this.#open().where('id', idOrNone(id)).forUpdate().firstOrFail()
  }

  static #open() {
    return this.query().whereNull('ended_at').where('expires_at', '>', new Date())
  }

  /** Every access, newest first, with how many pages were read during it. */
  static async told() {
    const accesses = await this.query().orderBy('id', 'desc').limit(SHOWN)
    const { trx, organisationId } = Tenancy.current()
    const rows = await sql<{ id: string; pages: number }>(
      trx,
      `select entity_id as id, count(*)::int as pages from audit.events
        where organisation_id = ? and entity_type = 'staff_access' and entity_id = any (?)
          and action = 'staff_access.read' group by entity_id`,
      [organisationId, accesses.map(({ id }) => id)]
    )
    const pages = new Map(rows.map((row) => [row.id, row.pages]))
    return accesses.map((access) => ({ access, pages: pages.get(access.id) ?? 0 }))
  }

  get isOpen() {
    return this.endedAt === null && this.expiresAt > DateTime.utc()
  }

  /** Ends it now: staff can read nothing more. */
  async endNow() {
    this.endedAt = DateTime.utc()
    await this.save()
    await this.#tell('staff_access.ended')
  }

  #tell(action: string, values: Record<string, AuditValue> = {}) {
    return record({ action, entityType: 'staff_access', entityId: this.id, values })
  }

  /** In the product and by mail: no one can opt out of being told. */
  async #notifyOwners() {
    await notify({
      kind: 'system_alert',
      to: await Membership.holding('owner'),
      project: null,
      path: '/settings/accesses',
      title: 'A platform admin is looking into your organisation',
      detail: `Reason: ${this.reason}\n\nAccess ends within the hour, and you can end it now. They can only read. Each page they read is recorded in your audit trail.`,
      key: `staff_access:${this.id}`,
    })
  }
}
