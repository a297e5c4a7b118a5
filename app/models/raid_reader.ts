import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import type RaidItem from '#models/raid_item'
import { tenanted } from '#models/mixins/tenanted'

/** A person who may see an item that is kept to named people. */
export default class RaidReader extends compose(BaseModel, tenanted) {
  /** The membership ids of an item's readers, in a fixed order. */
  static async of(item: RaidItem) {
    const readers = await this.query().where('raid_item_id', item.id)
    return readers.map(({ membershipId }) => membershipId).sort()
  }

  /** Makes exactly these members the readers. */
  static async replace(item: RaidItem, membershipIds: string[]) {
    const present = await this.query().where('raid_item_id', item.id)
    for (const reader of present) {
      if (!membershipIds.includes(reader.membershipId)) await reader.delete()
    }
    const known = present.map((reader) => reader.membershipId)
    const added = membershipIds.filter((id) => !known.includes(id))
    await this.createMany(added.map((membershipId) => ({ raidItemId: item.id, membershipId })))
  }

  @column() declare raidItemId: string
  @column() declare membershipId: string
}
