import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { tenanted } from '#models/mixins/tenanted'
import { change } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Decision = 'granted' | 'denied' | 'withdrawn'
export type Mechanism = 'banner' | 'page' | 'footer'

const COUNTS_DAYS = 365
const PROVED_DAYS = 365

/** The proof of one choice about cookies: what was asked, what was answered, how and when. Never changed. */
export default class ConsentRecord extends compose(BaseModel, tenanted) {
  /** SHA-256 of the cookies and companies that were asked about. */
  @column() declare notice: string
  @column() declare policyVersion: string
  /** Random, and in the cookie of the person who accepted: it ties a withdrawal to its consent. */
  @column() declare receipt: string | null
  @column() declare purpose: 'analytics'
  @column() declare decision: Decision
  @column() declare mechanism: Mechanism
  @column() declare locale: string
  /** Only for someone who was signed in. */
  @column() declare userId: string | null
  @column.dateTime() declare decidedAt: DateTime
  /** When to ask for the choice again. */
  @column.dateTime() declare expiresAt: DateTime

  /** Records a choice made now. */
  static keep(
    choice: Pick<
      ConsentRecord,
      'notice' | 'policyVersion' | 'receipt' | 'decision' | 'mechanism' | 'userId'
    >
  ) {
    const decidedAt = DateTime.utc()
    const expiresAt = decidedAt.plus({ days: COUNTS_DAYS })
    return this.create({ ...choice, purpose: 'analytics', locale: 'en', decidedAt, expiresAt })
  }

  /** Removes records that no longer prove anything; returns how many. */
  static async forgetExpired() {
    const { trx, organisationId } = Tenancy.current()
    return change(
      trx,
      `delete from consent_records
        where organisation_id = ? and expires_at < now() - make_interval(days => ?)`,
      [organisationId, PROVED_DAYS]
    )
  }
}
