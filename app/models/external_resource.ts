import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'

/** Someone without an account whom an organisation may give tasks to: a name and perhaps an address. */
export default class ExternalResource extends compose(BaseModel, tenanted, audited) {
  static audit = {
    type: 'external_resource',
    skip: ['lockVersion', 'createdBy', 'noticeSentAt'],
  }

  @column()
  declare name: string

  @column()
  declare email: string | null

  @column.dateTime()
  declare noticeSentAt: DateTime | null

  /** The member that this person became. */
  @column()
  declare membershipId: string | null

  @column.dateTime()
  declare mergedAt: DateTime | null

  @column.dateTime()
  declare archivedAt: DateTime | null

  @column()
  declare lockVersion: number

  @column()
  declare createdBy: string | null
}
