import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { audited } from '#models/mixins/audited'
import { onePerOrganisation } from '#models/mixins/one_per_organisation'
import { tenanted } from '#models/mixins/tenanted'
import { IS_OVER } from '#models/project/states'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** The maximum in the privacy policy, which applies where no organisation can choose less. */
export const MOST_DAYS = { notifications: 180, mails: 30, assistant: 90 }

/** How long the organisation keeps what: never longer than the privacy policy promises. */
export default class RetentionSettings extends compose(
  BaseModel,
  tenanted,
  audited,
  onePerOrganisation
) {
  static table = 'retention_settings'
  static audit = { type: 'retention_settings' }

  /** How long a closed project must be unchanged before its deletion is proposed; null means never. */
  @column() declare closedProjectMonths: number | null
  @column() declare notificationDays: number
  @column() declare mailDays: number
  @column() declare assistantDays: number

  /**
   * For how many days the organisation at work keeps notices, the content of mails, and what it asked the assistant.
   */
  static async days() {
    const { organisationId } = Tenancy.current()
    const row = await this.find(organisationId)
    if (!row) return MOST_DAYS
    return {
      notifications: row.notificationDays,
      mails: row.mailDays,
      assistant: row.assistantDays,
    }
  }

  /** The closed projects that have been unchanged for this long, oldest first. */
  async dueProjects(most: number) {
    if (!this.closedProjectMonths) return []
    const { trx, organisationId } = Tenancy.current()
    return sql<{ id: string; code: string; name: string; updated_at: Date }>(
      trx,
      `select id, code, name, updated_at from projects
        where organisation_id = ? and ${IS_OVER}
          and updated_at < now() - make_interval(months => ?)
        order by updated_at, id limit ?`,
      [organisationId, this.closedProjectMonths, most]
    )
  }
}
