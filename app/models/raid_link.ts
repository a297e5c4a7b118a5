import { compose } from '@adonisjs/core/helpers'
import { BaseModel, belongsTo, column } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { idOrNone } from '#models/ids'
import { tenanted } from '#models/mixins/tenanted'
import RaidItem from '#models/raid_item'
import { orGone } from '#models/violation'

/** How a link reads from its first item, and from its second. */
export const linkKinds = {
  realised_as: { out: 'Realised as', back: 'Came from' },
  invalidated_by: { out: 'Led to', back: 'Follows from' },
  duplicate_of: { out: 'Duplicate of', back: 'Has the duplicate' },
  relates_to: { out: 'Relates to', back: 'Relates to' },
} as const

export type LinkKind = keyof typeof linkKinds

/** A directed link between two items of one project. */
export default class RaidLink extends compose(BaseModel, tenanted) {
  /** The links that begin or end at an item, oldest first. */
  static of(item: RaidItem) {
    return this.query()
      .where((either) => either.where('from_id', item.id).orWhere('to_id', item.id))
      .orderBy('id')
  }

  /** One of an item's links. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findOf(item: RaidItem, id: string) {
    return this.of(item).where('id', idOrNone(id)).firstOrFail()
  }

  /** True when the two are already linked in this way; "relates to" has no direction. */
  static async exists(from: RaidItem, to: RaidItem, kind: LinkKind) {
    const links = await this.of(from).where('kind', kind)
    return links.some(
      ({ fromId, toId }) => toId === to.id || (kind === 'relates_to' && fromId === to.id)
    )
  }

  /** Links two items, and records it in the first one's trail. */
  static async join(from: RaidItem, to: RaidItem, kind: LinkKind) {
    await orGone(this.create({ fromId: from.id, toId: to.id, kind }))
    await from.touch('raid_item.linked', { linked_entry: { after: to.id } })
  }

  @column() declare fromId: string
  @column() declare toId: string
  @column() declare kind: LinkKind

  @belongsTo(() => RaidItem, { foreignKey: 'fromId' })
  declare from: BelongsTo<typeof RaidItem>

  @belongsTo(() => RaidItem, { foreignKey: 'toId' })
  declare to: BelongsTo<typeof RaidItem>

  /** The fact that a risk came true stays on record. */
  get isRemovable() {
    return this.kind !== 'realised_as'
  }

  /** Removes the link, and records it in the trail of the item that it was removed from. */
  async sever(item: RaidItem) {
    const otherId = this.fromId === item.id ? this.toId : this.fromId
    await this.delete()
    await item.touch('raid_item.unlinked', { linked_entry: { before: otherId } })
  }
}
