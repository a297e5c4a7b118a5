import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import type { Scope, ServiceRole } from '#models/api_token/scopes'
import { newSecret } from '#models/api_token/secret'
import { idOrNone } from '#models/ids'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { takeTurnsInOrganisation } from '#models/saving/turns'
import { refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

/** Of one person, or of one organisation's services. */
export const MOST_TOKENS = 20

type Wish = { name: string; scopes: Scope[]; days: number }

/**
 * A key to the API. Its holder acts as its owner, or as a service of the organisation, within its scopes; so it is
 * shown once, stored as a digest, expires and can be revoked.
 */
export default class ApiToken extends compose(BaseModel, tenanted, audited) {
  static audit = {
    type: 'api_token',
    facts: (row: ApiToken) => ({ kind: row.kind }),
    subjects: { name: (row: ApiToken) => row.membershipId },
    skip: ['digest', 'membershipId', 'createdBy'],
  }

  /** Its owner; null for a service's. */
  @column() declare membershipId: string | null
  @column() declare serviceRole: ServiceRole | null
  @column() declare name: string
  @column() declare scopes: Scope[]
  @column() declare prefix: string
  @column() declare digest: Buffer
  @column.dateTime() declare expiresAt: DateTime
  @column.dateTime() declare revokedAt: DateTime | null
  @column() declare createdBy: string

  /** Those that still open something. */
  static #live() {
    return this.query().whereNull('revoked_at').where('expires_at', '>', DateTime.utc().toSQL()!)
  }

  /** One of the member's own by id. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findMine(id: string) {
    return this.#byId(id).where('membership_id', Tenancy.current().membershipId!).firstOrFail()
  }

  /** Any of the organisation's by id. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findById(id: string) {
    return this.#byId(id).firstOrFail()
  }

  static #byId(id: string) {
    return this.query().where('id', idOrNone(id)).forUpdate()
  }

  /** Makes a token for the member at work and returns its secret. */
  static async issueOwn(wish: Wish) {
    const { membershipId } = Tenancy.current()
    return this.#issue(wish, { membershipId, serviceRole: null })
  }

  /** Makes a token for a service of the organisation and returns its secret. */
  static issueForService(wish: Wish, serviceRole: ServiceRole) {
    return this.#issue(wish, { membershipId: null, serviceRole })
  }

  static async #issue(
    { days, ...wish }: Wish,
    holder: Pick<ApiToken, 'membershipId' | 'serviceRole'>
  ) {
    await takeTurnsInOrganisation()
    const held = await this.#live().where(
      holder.membershipId ? { membership_id: holder.membershipId } : { membership_id: null }
    )
    if (held.length >= MOST_TOKENS) {
      refuse('name', `You have reached the limit of ${MOST_TOKENS} tokens. Revoke one first`)
    }
    const { secret, ...kept } = newSecret(holder.membershipId ? 'personal' : 'service')
    const expiresAt = DateTime.utc().plus({ days })
    const createdBy = Tenancy.current().membershipId!
    await this.create({ ...wish, ...holder, ...kept, expiresAt, createdBy })
    return secret
  }

  /** Revokes every token of a member who leaves. */
  static async revokeAllOf(membershipId: string) {
    const held = await this.query().where('membership_id', membershipId).whereNull('revoked_at')
    for (const token of held) await token.revoke()
  }

  get kind() {
    return this.membershipId ? 'personal' : 'service'
  }

  /** Revokes it. */
  async revoke() {
    if (this.revokedAt) return this
    this.revokedAt = DateTime.utc()
    return this.auditAs('api_token.revoked').save()
  }
}
