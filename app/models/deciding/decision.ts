import { DateTime } from 'luxon'
import { v7 as uuidv7 } from 'uuid'
import { broughtIn, type UnfitProposal } from '#models/deciding/brought_in'
import { draftConditions, imposeConditions } from '#models/condition/imposing'
import { today } from '#models/days'
import { applyOutcome } from '#models/deciding/effects'
import { isApproval, outcomes, type Outcome } from '#models/deciding/enumerations'
import type { GivenProposal } from '#models/deciding/proposing'
import { tellDecided } from '#models/deciding/notices'
import { recordOf } from '#models/deciding/record'
import type Round from '#models/deciding/round'
import type GateCondition from '#models/gate_condition'
import type Gate from '#models/gate'
import { unapprovedBefore } from '#models/gate/blockers'
import { reopen } from '#models/gate/waiver'
import GateCriterion from '#models/gate_criterion'
import GateDecision from '#models/gate_decision'
import GateReworkCriterion from '#models/gate_rework_criterion'
import { StaleRecord } from '#models/saving/stale_record'
import { refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

export type GivenDecision = {
  outcome: Outcome
  rationale: string
  revisitOn: string | null
  criterionIds: string[]
}

/** What a replacement record does with the conditions of the previous one. */
export type Correction = {
  before: GateDecision
  reason: string
  kept: GateCondition[]
  /** Ids of those it cancels. */
  fallen: string[]
  added: GivenProposal | null
}

/**
 * The only place where a decision is made: the chair records one of the outcomes that the rule allows at this moment.
 * `lockVersion` is the round's as the chair saw it, so that no decision ignores a vote that came in meanwhile.
 */
export async function decide(round: Round, given: GivenDecision, lockVersion: number) {
  round.refuseUnlessOpen()
  if (round.review.lockVersion !== lockVersion) throw new StaleRecord(round.review)
  if (!round.mayRecord(given.outcome)) {
    refuse('outcome', `The votes do not allow “${outcomes[given.outcome]}”`)
  }
  const decision = await record(round, given)
  round.review.status = 'decided'
  await round.review.moveOn()
  await applyOutcome(round, decision)
  await tellDecided(round, decision)
  return decision
}

/** Stores a decision for good, with its conditions; or one that corrects another. */
export async function record(
  round: Round,
  given: GivenDecision,
  correction: Correction | null = null
) {
  await refuseIncomplete(round, given)
  await refuseOutOfOrder(round, given, correction)
  const isRework = given.outcome === 'rework'
  const criterionIds = isRework ? [...new Set(given.criterionIds)].sort() : []
  const decision = drafted(round, given, correction)
  const imposed = await conditionsFor(round, decision, correction)
  const conditions = [...keptIn(decision, correction), ...imposed]
  refuseWithout(decision, conditions)
  const spread = await round.spread()
  const sealed = recordOf(decision, round, { criterionIds, conditions, spread, correction })
  decision.merge({ record: sealed.text, recordSha256: sealed.sha256 })
  decision.$extras.ref = round.gate.ref
  await decision.auditAs(correction ? 'gate_decision.corrected' : 'gate_decision.recorded').save()
  await GateReworkCriterion.createMany(
    criterionIds.map((criterionId) => ({
      criterionId,
      decisionId: decision.id,
      projectId: round.project.id,
    }))
  )
  await reopenNamed(round.gate, criterionIds)
  await imposeConditions(round.project, imposed)
  return decision
}

function drafted(round: Round, given: GivenDecision, correction: Correction | null) {
  return new GateDecision().merge({
    id: uuidv7(),
    projectId: round.project.id,
    gateId: round.gate.id,
    reviewId: round.review.id,
    outcome: given.outcome,
    rationale: given.rationale,
    revisitOn: given.outcome === 'deferred' ? given.revisitOn : null,
    chairId: round.chair!.memberId,
    decidedBy: Tenancy.current().membershipId!,
    decidedAt: DateTime.utc(),
    supersedesId: correction?.before.id ?? null,
    correctionReason: correction?.reason ?? null,
  })
}

/** Criteria that must be met first are assessed again: the deciders did not accept the earlier assessment. */
async function reopenNamed(gate: Gate, criterionIds: string[]) {
  const criteria = await GateCriterion.of(gate).whereIn('id', criterionIds)
  for (const criterion of criteria) await reopen(criterion.refersTo(gate))
}

async function conditionsFor(
  round: Round,
  decision: GateDecision,
  correction: Correction | null
): Promise<GateCondition[]> {
  if (decision.outcome !== 'approved_with_conditions') return []
  const { fit, unfit } = await broughtIn(round)
  if (!correction) refuseUnfitAmong(unfit)
  const added = correction?.added ? [correction.added] : []
  return draftConditions(round.project, decision, [...fit, ...added])
}

/**
 * A condition already overdue would lapse the approval being given, and one owned by someone who left has no one to
 * meet it.
 */
function refuseUnfitAmong([first]: UnfitProposal[]) {
  if (!first) return
  const { text, why } = first
  refuse('outcome', `“${text}” cannot be met as proposed. ${why}. Remove it and propose it again.`)
}

function keptIn({ outcome }: GateDecision, correction: Correction | null) {
  return outcome === 'approved_with_conditions' ? (correction?.kept ?? []) : []
}

function refuseWithout({ outcome }: GateDecision, conditions: GateCondition[]) {
  if (outcome !== 'approved_with_conditions' || conditions.length > 0) return
  refuse('outcome', 'Add at least one condition, or choose another outcome')
}

async function refuseIncomplete({ gate }: Round, given: GivenDecision) {
  if (given.outcome === 'deferred' && (!given.revisitOn || given.revisitOn <= today())) {
    refuse('revisit_on', 'Enter a date after today to revisit the gate')
  }
  if (given.outcome === 'rework') await refuseUnnamed(gate, given.criterionIds)
}

/** One gate relies on the approval of another, which may have been withdrawn while this one was under review. */
async function refuseOutOfOrder(
  { project, gate }: Round,
  { outcome }: GivenDecision,
  correction: Correction | null
) {
  if (!isApproval(outcome) || isApproval(correction?.before.outcome)) return
  const [earlier] = await unapprovedBefore(project, gate)
  if (earlier) refuse('outcome', `${earlier.title}. Gates are approved in their order.`)
}

async function refuseUnnamed(gate: { id: string }, criterionIds: string[]) {
  if (criterionIds.length === 0)
    refuse('criterion_ids', 'Choose the criteria that must be met first')
  const known = await GateCriterion.of(gate).select('id')
  const ids = new Set(known.map(({ id }) => id))
  if (criterionIds.some((id) => !ids.has(id))) {
    refuse('criterion_ids', 'Choose criteria from this gate')
  }
}
