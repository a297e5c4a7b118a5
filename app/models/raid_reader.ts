import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { tenanted } from '#models/mixins/tenanted'

/** A person who may see an item that is kept to named people. */
export default class RaidReader extends compose(BaseModel, tenanted) {
  @column()
  declare raidItemId: string

  @column()
  declare membershipId: string
}
