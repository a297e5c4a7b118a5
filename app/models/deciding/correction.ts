import { waive } from '#models/condition/steps'
import { isApproval } from '#models/deciding/enumerations'
import { record, type GivenDecision } from '#models/deciding/decision'
import { applyApproval, takeBackApproval } from '#models/deciding/effects'
import { tellDecided } from '#models/deciding/notices'
import { refuseUnfit, type GivenProposal } from '#models/deciding/proposing'
import type Round from '#models/deciding/round'
import GateCondition from '#models/gate_condition'
import GateDecision from '#models/gate_decision'
import { refuse } from '#models/violation'

type GivenCorrection = GivenDecision & {
  reason: string
  /** Open conditions that the decision should not have had. */
  droppedIds: string[]
  /** A condition that it should have had. */
  added: GivenProposal | null
}

/**
 * Puts a decision right by another record that takes its place; both stay, and both are shown. The votes
 * bound it then and bind it now. Conditions never change: one that was wrong is let go of, and another takes
 * its place. With an outcome that has none, all that are open fall.
 */
export async function correct(round: Round, given: GivenCorrection) {
  const before = await refuseUnlessLatest(round, given)
  const conditions = await GateCondition.imposedBy(await GateDecision.in(round.review))
  const hasConditions = given.outcome === 'approved_with_conditions'
  const fallen = conditions.filter(
    ({ id, isSettled }) => !isSettled && (!hasConditions || given.droppedIds.includes(id))
  )
  if (hasConditions && given.added) await refuseUnfit(round, given.added)
  const after = await record(round, given, {
    before,
    reason: given.reason,
    fallen: fallen.map(({ id }) => id),
    kept: conditions
      .filter((condition) => condition.state !== 'waived' && !fallen.includes(condition))
      .map((condition) => condition.refersTo(round.project)),
    added: given.added,
  })
  await letGoOf(round, fallen, given.reason)
  await applyChange(round, before, after)
  await tellDecided(round, after)
  return after
}

async function refuseUnlessLatest({ gate, review }: Round, { outcome }: GivenDecision) {
  const [present] = await GateDecision.in(review)
  const standing = await GateDecision.standingAt(gate)
  if (!present || gate.status !== 'decided' || standing?.reviewId !== review.id) {
    refuse('outcome', 'Only the latest decision on a gate is put right')
  }
  const { possible_outcomes: possible } = JSON.parse(present.record)
  if (!possible.includes(outcome)) {
    refuse('outcome', 'The votes of this round did not allow that outcome')
  }
  return present
}

async function letGoOf({ project }: Round, conditions: GateCondition[], reason: string) {
  const answer = `Let go of when the decision was put right: ${reason}`
  for (const condition of conditions) {
    await waive(project, condition.refersTo(project), answer, condition.lockVersion)
  }
}

async function applyChange({ project, gate }: Round, before: GateDecision, after: GateDecision) {
  const [was, is] = [isApproval(before.outcome), isApproval(after.outcome)]
  if (!was && is) await applyApproval(project, gate)
  if (was && !is) await takeBackApproval(project, gate)
}
