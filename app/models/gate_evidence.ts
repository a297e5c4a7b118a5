import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import type { EvidenceKind } from '#models/gate/enumerations'
import type GateCriterion from '#models/gate_criterion'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'

/** What shows that a criterion is met. A removed one keeps its row, since a frozen pack may name it. */
export default class GateEvidence extends compose(BaseModel, tenanted, audited) {
  static table = 'gate_evidence'

  static audit = {
    type: 'gate_evidence',
    project: (row: GateEvidence) => row.projectId,
    facts: (row: GateEvidence) => ({
      ref: row.$extras.ref,
      kind: row.kind,
      target: row.$extras.gateId,
      source: row.criterionId,
    }),
    skip: ['projectId', 'criterionId', 'fileKey', 'addedBy', 'removedBy'],
  }

  @column() declare projectId: string
  @column() declare criterionId: string
  @column() declare kind: EvidenceKind
  @column() declare name: string
  @column() declare fileKey: string | null
  @column() declare size: number | null
  @column() declare mediaType: string | null
  /** Of the file's bytes, in hexadecimal. */
  @column() declare sha256: string | null
  @column() declare url: string | null
  @column() declare raidItemId: string | null
  /** Such as ATLAS-R12; stays when the record is gone. */
  @column() declare recordRef: string | null
  @column() declare addedBy: string | null
  @column() declare removedBy: string | null
  @column.dateTime() declare removedAt: DateTime | null

  /** Lets its audit events name the gate and point at it. */
  shows(criterion: Pick<GateCriterion, 'gateId' | '$extras'>) {
    this.$extras = { ref: criterion.$extras.ref, gateId: criterion.gateId }
    return this
  }

  /** What these criteria are shown by, the oldest first. */
  static standing(criteria: { id: string }[]) {
    return this.query()
      .whereIn(
        'criterion_id',
        criteria.map(({ id }) => id)
      )
      .whereNull('removed_at')
      .orderBy('id')
  }
}
