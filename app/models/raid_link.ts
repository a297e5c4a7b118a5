import { compose } from '@adonisjs/core/helpers'
import { BaseModel, belongsTo, column } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { tenanted } from '#models/mixins/tenanted'
import RaidItem from '#models/raid_item'

/** How a link reads from its first item, and from its second. */
export const linkKinds = {
  realised_as: { out: 'Realised as', back: 'Came from' },
  invalidated_by: { out: 'Led to', back: 'Follows from' },
  relates_to: { out: 'Relates to', back: 'Relates to' },
} as const

/** A directed link between two items. */
export default class RaidLink extends compose(BaseModel, tenanted) {
  @column()
  declare fromId: string

  @column()
  declare toId: string

  @column()
  declare kind: keyof typeof linkKinds

  @belongsTo(() => RaidItem, { foreignKey: 'fromId' })
  declare from: BelongsTo<typeof RaidItem>

  @belongsTo(() => RaidItem, { foreignKey: 'toId' })
  declare to: BelongsTo<typeof RaidItem>
}
