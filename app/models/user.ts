import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'

/** An account. Global, yet row level security shows an organisation only its own members' accounts. */
export default class User extends BaseModel {
  @column({ isPrimary: true })
  declare id: string

  @column()
  declare email: string

  @column()
  declare name: string

  @column.dateTime()
  declare createdAt: DateTime
}
