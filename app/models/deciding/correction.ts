import { waive } from '#models/condition/steps'
import { isApproval } from '#models/deciding/enumerations'
import { record, type GivenDecision } from '#models/deciding/decision'
import { applyApproval, takeBackApproval } from '#models/deciding/effects'
import { tellDecided } from '#models/deciding/notices'
import type Round from '#models/deciding/round'
import GateCondition from '#models/gate_condition'
import GateDecision from '#models/gate_decision'
import { refuse } from '#models/violation'

/**
 * Puts a decision right by another record that takes its place; both stay, and both are shown. The votes
 * bound it then and bind it now.
 */
export async function correct(round: Round, given: GivenDecision, reason: string) {
  const { gate, review } = round
  const [present] = await GateDecision.in(review)
  const standing = await GateDecision.standingAt(gate)
  if (!present || gate.status !== 'decided' || standing?.reviewId !== review.id) {
    refuse('outcome', 'Only the latest decision on a gate is put right')
  }
  const { possible_outcomes: possible } = JSON.parse(present.record)
  if (!possible.includes(given.outcome)) {
    refuse('outcome', 'The votes of this round did not allow that outcome')
  }
  const decision = await record(round, given, present, reason)
  await applyChange(round, present, decision)
  await tellDecided(round, decision)
  return decision
}

async function applyChange(round: Round, before: GateDecision, after: GateDecision) {
  const [was, is] = [isApproval(before.outcome), isApproval(after.outcome)]
  if (before.outcome === 'approved_with_conditions' && after.outcome !== before.outcome) {
    await letGoOfConditions(round, after)
  }
  if (!was && is) await applyApproval(round.project, round.gate)
  if (was && !is) await takeBackApproval(round.project, round.gate)
}

/** Conditions fall with the approval that they belonged to. */
async function letGoOfConditions({ project, gate }: Round, decision: GateDecision) {
  for (const condition of await GateCondition.unsettledAt(gate)) {
    if (condition.decisionId === decision.id) continue
    const reason = 'The decision that asked for it was corrected.'
    await waive(project, condition.refersTo(project), reason, condition.lockVersion)
  }
}
