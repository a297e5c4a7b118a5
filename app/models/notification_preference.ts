import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { tenanted } from '#models/mixins/tenanted'
import type { NotificationKind } from '#models/notification/kinds'

/** How a member wants to be told of one kind, where they chose. */
export default class NotificationPreference extends compose(BaseModel, tenanted) {
  @column()
  declare membershipId: string

  @column()
  declare kind: NotificationKind

  @column()
  declare inApp: boolean

  @column()
  declare mail: boolean
}
