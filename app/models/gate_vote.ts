import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import type { SeatRole, Vote } from '#models/deciding/enumerations'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'

/** One seat's vote in one round. It can change until the decision is made, and never after. */
export default class GateVote extends compose(BaseModel, tenanted, audited) {
  static audit = {
    type: 'gate_vote',
    project: (row: GateVote) => row.projectId,
    facts: (row: GateVote) => ({ ref: row.$extras.ref, source: row.reviewId }),
    skip: ['projectId', 'reviewId', 'role', 'castAt'],
  }

  @column() declare projectId: string
  @column() declare reviewId: string
  /** Whose seat it is. */
  @column() declare deciderId: string
  /** Who spoke for it: its member, or a deputy. */
  @column() declare castBy: string
  @column() declare role: SeatRole
  @column() declare vote: Vote
  @column() declare comment: string | null
  @column.dateTime() declare castAt: DateTime

  /** By round, in the order in which they were given. */
  static async inEach(reviews: { id: string }[]) {
    const ids = reviews.map(({ id }) => id)
    const votes = await this.query().whereIn('review_id', ids).orderBy('cast_at').orderBy('id')
    return Map.groupBy(votes, ({ reviewId }) => reviewId)
  }
}
