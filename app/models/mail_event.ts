import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { tenanted } from '#models/mixins/tenanted'

export type MailEventKind = 'delivered' | 'bounced' | 'complained' | 'failed'

/** What the provider reported about one mail. Its own id is kept, so that a repeated report changes nothing. */
export default class MailEvent extends compose(BaseModel, tenanted) {
  @column() declare mailId: string
  @column() declare webhookId: string
  @column() declare kind: MailEventKind
  @column.dateTime() declare occurredAt: DateTime
}
