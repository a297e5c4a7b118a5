import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { tenanted } from '#models/mixins/tenanted'
import type { SectionName } from '#models/pack/content'
import type { SealedPack } from '#models/pack/pack'

/** One part of a pack, as submitted; the database lets no one change it. */
export default class GatePackSection extends compose(BaseModel, tenanted) {
  @column() declare reviewId: string
  @column() declare name: SectionName
  /** Canonical JSON. */
  @column() declare body: string
  @column({ columnName: 'sha256' }) declare sha256: string

  static of(review: { id: string }) {
    return this.query().where('review_id', review.id)
  }

  static keep(review: { id: string }, { sections }: SealedPack) {
    return this.createMany(sections.map((section) => ({ ...section, reviewId: review.id })))
  }
}
