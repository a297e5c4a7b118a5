import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { FeedKind } from '#models/calendar_feed/kinds'
import { idOrNone } from '#models/ids'
import { newToken } from '#models/invitation/token'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { refuseTaken } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

const TAKEN = {
  field: 'kind',
  message: 'You already have an address for this calendar. If you have lost it, renew it.',
}

/**
 * An address at which a member's calendar program reads without signing in. Anyone who knows it can read it, so it is
 * shown once, stored only as a digest, and can be renewed and revoked.
 */
export default class CalendarFeed extends compose(BaseModel, tenanted, audited) {
  static audit = {
    type: 'calendar_feed',
    facts: (row: CalendarFeed) => ({ kind: row.kind }),
    skip: ['digest', 'membershipId'],
  }

  @column() declare membershipId: string
  @column() declare kind: FeedKind
  @column() declare digest: Buffer

  /** The addresses of the member at work. */
  static mine() {
    return this.query().where('membership_id', Tenancy.current().membershipId!).orderBy('id')
  }

  /** One of the member's own by id. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findMine(id: string) {
    return this.mine().where('id', idOrNone(id)).firstOrFail()
  }

  /** Makes an address and returns its secret. */
  static async open(kind: FeedKind) {
    const { token, digest } = newToken()
    const membershipId = Tenancy.current().membershipId!
    await refuseTaken(this.create({ membershipId, kind, digest }), TAKEN)
    return token
  }

  /** Revokes every address of a member who leaves. */
  static async closeAll(membershipId: string) {
    for (const feed of await this.query().where('membership_id', membershipId)) await feed.revoke()
  }

  /** Replaces the present address, which stops working at once. Returns the new secret. */
  async renew() {
    const { token, digest } = newToken()
    this.digest = digest
    await this.auditAs('calendar_feed.renewed')
      .auditBesides({ address: { after: 'renewed' } })
      .save()
    return token
  }

  /** Revokes the address at once. */
  revoke() {
    return this.auditAs('calendar_feed.revoked').delete()
  }
}
