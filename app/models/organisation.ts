import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { record } from '#audit/events'
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

  /** The organisation that the work under way is bound to. */
  static current() {
    const { organisationId, trx } = Tenancy.current()
    return this.findOrFail(organisationId, { client: trx })
  }

  /** Founds the organisation that the work under way is bound to. */
  static found(name: string) {
    const { organisationId, trx } = Tenancy.current()
    return this.create({ id: organisationId, name }, { client: trx })
  }

  /** Gives another name; the one it has already is no change. */
  async rename(name: string) {
    const before = this.name
    if (name === before) return
    this.name = name
    await this.save()
    await record({
      action: 'organisation.updated',
      entityType: 'organisation',
      entityId: this.id,
      values: { name: { before, after: name } },
    })
  }
}
