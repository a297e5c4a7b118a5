import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'

/** How sure one decider is of the delivery. Nobody else ever learns which answer is whose. */
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

  /** Who has answered, and nothing more. */
  static async answered(review: { id: string }): Promise<string[]> {
    const rows = await this.in(review).select('decider_id')
    return rows.map(({ deciderId }) => deciderId)
  }
}
