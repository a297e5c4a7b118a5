import { DateTime } from 'luxon'
import { EXEMPT, type Assessment, type Exemption } from '#models/gate/enumerations'
import type GateCriterion from '#models/gate_criterion'
import type { PackRecord } from '#models/pack/content'
import { refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

const NONE = {
  waiverState: null,
  waiverAs: null,
  waiverReason: null,
  waiverRequestedBy: null,
  waiverRequestedAt: null,
  waiverAnsweredBy: null,
  waiverAnsweredAt: null,
  waiverAnswer: null,
}

/** Asks the chair to waive a criterion. Nothing changes until the chair agrees. */
export function requestWaiver(criterion: GateCriterion, as: Exemption, reason: string) {
  if (criterion.waiverState === 'consented')
    refuse('reason', 'This criterion is already waived or not applicable')
  if (criterion.waiverState === 'requested')
    refuse('reason', 'A request is already waiting for the chair')
  criterion.merge({
    ...NONE,
    waiverState: 'requested',
    waiverAs: as,
    waiverReason: reason,
    waiverRequestedBy: Tenancy.current().membershipId,
    waiverRequestedAt: DateTime.utc(),
  })
  return criterion.auditAs('gate_criterion.waiver_requested').saveRevision()
}

/** Withdraws a request, or the waiver it led to: a waived criterion has to be assessed again. */
export function withdrawWaiver(criterion: GateCriterion) {
  if (!criterion.waiverState) refuse('reason', 'There is no request to withdraw')
  if (criterion.waiverState === 'consented') {
    criterion.merge({ assessment: 'not_assessed', assessedBy: null, assessedAt: null })
  }
  criterion.merge(NONE)
  return criterion.auditAs('gate_criterion.waiver_withdrawn').saveRevision()
}

/**
 * The deciders sent the gate back because of it, so its assessment and its waiver no longer count. Criteria checked by
 * a rule are looked up each time, and have nothing to forget.
 */
export function reopen(criterion: GateCriterion) {
  const isJudged = !criterion.rule || criterion.waiverState === 'consented'
  criterion.merge(NONE)
  if (isJudged) criterion.merge({ assessment: 'not_assessed', assessedBy: null, assessedAt: null })
  return criterion.auditAs('gate_criterion.reopened').saveRevision()
}

/** A criterion sent back by mistake is again as it was submitted to the deciders. The trail says who judged it then. */
export function restore(criterion: GateCriterion, pack: PackRecord, submittedAt: DateTime) {
  const assessment = pack.assessment as Assessment
  const exemption = EXEMPT.find((one) => one === assessment)
  if (criterion.rule && !exemption) return criterion
  criterion.merge({ assessment })
  if (exemption) {
    criterion.merge({
      waiverState: 'consented',
      waiverAs: exemption,
      waiverReason: pack.waiver_reason as string,
      waiverRequestedAt: submittedAt,
      waiverAnsweredBy: pack.waiver_answered_by as string,
      waiverAnsweredAt: submittedAt,
    })
  }
  return criterion.auditAs('gate_criterion.restored').saveRevision()
}

/** The chair's answer. A refusal says why. */
export function answerWaiver(criterion: GateCriterion, consents: boolean, comment: string | null) {
  if (criterion.waiverState !== 'requested') refuse('answer', 'There is no request to answer')
  if (!consents && !comment) refuse('comment', 'Enter why you refuse')
  const { membershipId } = Tenancy.current()
  const now = DateTime.utc()
  criterion.merge({
    waiverState: consents ? 'consented' : 'refused',
    waiverAnsweredBy: membershipId,
    waiverAnsweredAt: now,
    waiverAnswer: comment,
    ...(consents
      ? { assessment: criterion.waiverAs!, assessedBy: membershipId, assessedAt: now }
      : {}),
  })
  return criterion.auditAs('gate_criterion.waiver_answered').saveRevision()
}
