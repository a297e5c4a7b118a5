import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'

/** How confident one decider is in the delivery. No one else ever learns which answer is whose. */
export default class GatePollAnswer extends compose(BaseModel, tenanted, audited) {
  static audit = {
    type: 'gate_poll_answer',
    project: (row: GatePollAnswer) => row.projectId,
    facts: (row: GatePollAnswer) => ({ ref: row.$extras.ref, source: row.reviewId }),
    skip: ['projectId', 'reviewId', 'score'],
  }

  @column() declare projectId: string
  @column() declare reviewId: string
  @column() declare deciderId: string
  @column() declare castBy: string
  @column() declare score: number
  @column.dateTime() declare givenAt: DateTime

  static in(review: { id: string }) {
    return this.query().where('review_id', review.id)
  }

  /** Who has answered in each of these rounds, and nothing more. */
  static async answeredInEach(reviews: { id: string }[]): Promise<Map<string, string[]>> {
    if (reviews.length === 0) return new Map()
    const ids = reviews.map(({ id }) => id)
    const rows = await this.query().whereIn('review_id', ids).select('review_id', 'decider_id')
    const byReview = Map.groupBy(rows, ({ reviewId }) => reviewId)
    return new Map(
      [...byReview].map(([id, theirs]) => [id, theirs.map(({ deciderId }) => deciderId)])
    )
  }
}
