import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { v7 as uuidv7 } from 'uuid'
import { tenanted } from '#models/mixins/tenanted'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type Told = { id: string; email: string; name: string }

/** The proof that an account holder was told of a version of the policy: by which channel, and when. */
export default class PolicyNotice extends compose(BaseModel, tenanted) {
  @column() declare userId: string
  @column() declare version: string
  @column() declare channel: 'banner' | 'mail'
  @column.dateTime() declare shownAt: DateTime
  @column.dateTime() declare dismissedAt: DateTime | null
  @column() declare mailId: string | null

  /** Records that the banner is shown, once. Returns whether it still needs to be shown. */
  static async show(userId: string, version: string): Promise<boolean> {
    const present = await this.findBy({ userId, version, channel: 'banner' })
    if (present) return present.dismissedAt === null
    await this.#insert(userId, version, 'banner', null)
    return true
  }

  /** How many people were told of each version, by channel. */
  static async counts(): Promise<Map<string, { banner: number; mail: number }>> {
    const { trx, organisationId } = Tenancy.current()
    const rows = await sql<{ version: string; banner: number; mail: number }>(
      trx,
      `select version, count(*) filter (where channel = 'banner')::int as banner,
         count(*) filter (where channel = 'mail')::int as mail
       from policy_notices where organisation_id = ? group by version`,
      [organisationId]
    )
    return new Map(rows.map(({ version, ...counts }) => [version, counts]))
  }

  /** Records that the person closed the banner. */
  static async dismiss(userId: string, version: string) {
    await this.#insert(userId, version, 'banner', null)
    const notice = await this.findByOrFail({ userId, version, channel: 'banner' })
    if (!notice.dismissedAt) await notice.merge({ dismissedAt: DateTime.utc() }).save()
  }

  /** Records the mail that tells the person; null when their address cannot be mailed. */
  static mailed(userId: string, version: string, mailId: string | null) {
    return this.#insert(userId, version, 'mail', mailId)
  }

  /** Some of those who have not been mailed about a version yet. */
  static untold(version: string, limit: number): Promise<Told[]> {
    const { trx, organisationId } = Tenancy.current()
    return sql(trx, 'select id, email, name from directory.policy_audience(?, ?, ?)', [
      organisationId,
      version,
      limit,
    ])
  }

  /** Two windows may show the banner at once. */
  static async #insert(userId: string, version: string, channel: string, mailId: string | null) {
    const { trx, organisationId } = Tenancy.current()
    await sql(
      trx,
      `insert into policy_notices (organisation_id, id, user_id, version, channel, mail_id)
       values (?, ?, ?, ?, ?, ?) on conflict (organisation_id, user_id, version, channel) do nothing`,
      [organisationId, uuidv7(), userId, version, channel, mailId]
    )
  }
}
