import { compose } from '@adonisjs/core/helpers'
import { BaseModel, belongsTo, column, hasMany, hasOne } from '@adonisjs/lucid/orm'
import type { BelongsTo, HasMany, HasOne } from '@adonisjs/lucid/types/relations'
import { tenanted } from '#models/mixins/tenanted'

/** The tenant's tables as plain models with every kind of relation, without the audit's restrictions. */
export class Work extends compose(BaseModel, tenanted) {
  static table = 'projects'

  @column() declare code: string
  @column() declare name: string
  @column() declare description: string | null
  @column() declare lockVersion: number

  @hasMany(() => Item, { foreignKey: 'projectId' }) declare items: HasMany<typeof Item>
  @hasOne(() => Item, { foreignKey: 'projectId' }) declare item: HasOne<typeof Item>
}

export class Item extends compose(BaseModel, tenanted) {
  static table = 'raid_items'

  @column() declare projectId: string
  @column() declare type: string
  @column() declare number: number
  @column() declare title: string
  @column() declare status: string
  @column() declare lockVersion: number

  @belongsTo(() => Work, { foreignKey: 'projectId' }) declare work: BelongsTo<typeof Work>
  @hasMany(() => Note, { foreignKey: 'raidItemId' }) declare notes: HasMany<typeof Note>
  @hasMany(() => Item, { localKey: 'projectId', foreignKey: 'projectId' })
  declare siblings: HasMany<typeof Item>
}

export class Note extends compose(BaseModel, tenanted) {
  static table = 'comments'

  @column() declare raidItemId: string
  @column() declare authorId: string
  @column() declare body: string

  @belongsTo(() => Item, { foreignKey: 'raidItemId' }) declare item: BelongsTo<typeof Item>
}
