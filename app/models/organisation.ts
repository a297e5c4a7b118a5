import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import Tenancy from '#tenancy/tenancy'

/** The tenant itself: its id is the organisation that `Tenancy.run` binds. */
export default class Organisation extends BaseModel {
  static selfAssignPrimaryKey = true

  @column({ isPrimary: true })
  declare id: string

  @column()
  declare name: string

  @column.dateTime({ autoCreate: true })
  declare createdAt: DateTime

  @column.dateTime({ autoCreate: true, autoUpdate: true })
  declare updatedAt: DateTime

  /** Founds the organisation that the work under way is bound to. */
  static found(name: string) {
    const { organisationId, trx } = Tenancy.current()
    return this.create({ id: organisationId, name }, { client: trx })
  }
}
