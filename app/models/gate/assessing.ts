import { DateTime } from 'luxon'
import type Gate from '#models/gate'
import type { Assessment } from '#models/gate/enumerations'
import type GateCriterion from '#models/gate_criterion'
import { refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

export type Judgement = { assessment?: Assessment; note?: string | null; ownerId?: string | null }

/**
 * Lets a gate's criteria and evidence change: waits for anyone submitting or deciding it, and refuses once it is under
 * review.
 */
export async function holdOpen(gate: Gate, field: string) {
  await gate.holdRow()
  if (gate.isUnsubmitted) return
  refuse(field, 'The gate is submitted, so you cannot change its criteria or evidence.')
}

/** How far a criterion is met, and by whose judgement. Criteria checked by a rule are not judged. */
export function assess(criterion: GateCriterion, judgement: Judgement) {
  criterion.merge(judgement)
  if (criterion.$dirty.assessment) {
    if (criterion.rule)
      refuse('assessment', 'This criterion is checked on live data, so you cannot assess it')
    if (criterion.waiverState === 'consented') {
      refuse(
        'assessment',
        'This criterion is waived or not applicable. Withdraw the waiver before you assess it.'
      )
    }
    criterion.merge({
      assessedBy: Tenancy.current().membershipId,
      assessedAt: DateTime.utc(),
    })
  }
  return criterion.auditAs('gate_criterion.assessed').saveRevision()
}
