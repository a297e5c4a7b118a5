import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { ConditionKind } from '#models/condition/enumerations'
import { idOrNone } from '#models/ids'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'

/** A condition that someone on the board proposes to approve with. It binds no one until it is decided. */
export default class GateConditionProposal extends compose(BaseModel, tenanted, audited) {
  static audit = {
    type: 'gate_condition_proposal',
    project: (row: GateConditionProposal) => row.projectId,
    facts: (row: GateConditionProposal) => ({ ref: row.$extras.ref, source: row.reviewId }),
    skip: ['projectId', 'reviewId', 'proposedBy'],
  }

  @column() declare projectId: string
  @column() declare reviewId: string
  @column() declare text: string
  @column() declare ownerId: string
  @column() declare kind: ConditionKind
  @column() declare dueOn: string
  @column() declare proposedBy: string

  static in(review: { id: string }) {
    return this.query().where('review_id', review.id).orderBy('id')
  }

  /** One proposal of a round. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findIn(review: { id: string }, id: string) {
    return this.in(review).where('id', idOrNone(id)).firstOrFail()
  }
}
