import { waive } from '#models/condition/steps'
import { dayOf } from '#models/days'
import { isApproval } from '#models/deciding/enumerations'
import { record, type GivenDecision } from '#models/deciding/decision'
import { applyApproval, putOff, takeBackApproval } from '#models/deciding/effects'
import { tellDecided } from '#models/deciding/notices'
import { refuseUnfit, type GivenProposal } from '#models/deciding/proposing'
import type Round from '#models/deciding/round'
import type Gate from '#models/gate'
import GateCondition from '#models/gate_condition'
import { restore } from '#models/gate/waiver'
import GateDecision from '#models/gate_decision'
import GateReworkCriterion from '#models/gate_rework_criterion'
import { packOf } from '#models/review/reading'
import { StaleRecord } from '#models/saving/stale_record'
import { refuse } from '#models/violation'

type GivenCorrection = GivenDecision & {
  /** The record that it corrects, as its chair saw it. */
  supersedesId: string
  reason: string
  /** Open conditions that the decision should not have had. */
  droppedIds: string[]
  /** A condition that it should have had. */
  added: GivenProposal | null
}

/**
 * Corrects a decision with another record that replaces it; both are kept and shown. The votes bound it then and bind
 * it now. Conditions never change: a wrong one is waived, and another replaces it. An outcome without conditions
 * cancels all that are open.
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
  await restoreNamed(round, before, after)
  await letGoOf(round, fallen, given.reason)
  if (before.revisitOn !== after.revisitOn) await putOffAnew(round, before, after)
  await applyChange(round, before, after)
  await tellDecided(round, after)
  return after
}

async function refuseUnlessLatest({ gate, review }: Round, given: GivenCorrection) {
  const [present] = await GateDecision.in(review)
  if (!present || !(await isLatest(gate, review))) {
    refuse('outcome', 'You can correct only the latest decision on a gate')
  }
  if (present.id !== given.supersedesId) throw new StaleRecord(present)
  const { possible_outcomes: possible } = JSON.parse(present.record)
  if (!possible.includes(given.outcome)) {
    refuse('outcome', 'The votes of this round did not allow this outcome')
  }
  return present
}

/** True for the round whose decision is current: no longer once the gate is prepared or decided again. */
export async function isLatest(gate: Gate, review: { id: string }) {
  if (gate.status !== 'decided') return false
  const standing = await GateDecision.standingAt(gate)
  return standing?.reviewId === review.id
}

async function letGoOf({ project }: Round, conditions: GateCondition[], reason: string) {
  const answer = `Dropped when the decision was corrected: ${reason}`
  for (const condition of conditions) {
    await waive(project, condition.refersTo(project), answer, condition.lockVersion)
  }
}

/** What the previous record sent back and this one does not counts again as in the pack. */
async function restoreNamed({ gate, review }: Round, before: GateDecision, after: GateDecision) {
  const still = new Set((await GateReworkCriterion.namedIn(after)).map(({ id }) => id))
  const named = (await GateReworkCriterion.namedIn(before)).filter(({ id }) => !still.has(id))
  if (named.length === 0) return
  const { criteria } = await packOf(review)
  for (const criterion of named) {
    const asShown = criteria.lists.criteria.find(({ id }) => id === criterion.id)
    if (asShown) await restore(criterion.refersTo(gate), asShown, review.submittedAt)
  }
}

/** A forecast that only the previous record moved becomes again what the deciders were shown. */
async function putOffAnew({ gate, review }: Round, before: GateDecision, after: GateDecision) {
  if (before.revisitOn && gate.forecastOn === before.revisitOn) {
    const { gate: shown } = await packOf(review)
    gate.forecastOn = shown.facts.gate_forecast_on as string | null
  }
  putOff(gate, after)
  await gate.auditAs('gate.rescheduled').saveRevision()
}

/** The gate was held when its round was decided, whatever day the record is put right on. */
async function applyChange(
  { project, gate, review }: Round,
  before: GateDecision,
  after: GateDecision
) {
  const [was, is] = [isApproval(before.outcome), isApproval(after.outcome)]
  const records = await GateDecision.in(review)
  if (!was && is) await applyApproval(project, gate, dayOf(records.at(-1)!.decidedAt))
  if (was && !is) await takeBackApproval(project, gate)
}
