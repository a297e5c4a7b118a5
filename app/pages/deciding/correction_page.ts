import { broughtIn } from '#models/deciding/brought_in'
import { conditionOwners } from '#models/condition/owners'
import { outcomeMeanings, outcomes, type Outcome } from '#models/deciding/enumerations'
import type Round from '#models/deciding/round'
import GateCondition from '#models/gate_condition'
import GateCriterion from '#models/gate_criterion'
import GateDecision from '#models/gate_decision'
import { kindOptions } from '#pages/condition_kinds'

/** The initial values of the form that corrects a decision: the present record. Null before there is one. */
export async function correctionState(round: Round) {
  const { project, gate, review } = round
  const decisions = await GateDecision.in(review)
  const [present] = decisions
  if (!present) return null
  const conditions = await GateCondition.imposedBy(decisions)
  const criteria = await GateCriterion.of(gate)
  const possible: Outcome[] = JSON.parse(present.record).possible_outcomes
  return {
    gate: { id: gate.id, ref: gate.ref, name: gate.name },
    review: { id: review.id, round: review.round },
    decision: {
      id: present.id,
      outcome: present.outcome,
      label: outcomes[present.outcome],
      rationale: present.rationale,
      revisitOn: present.revisitOn,
    },
    possible: possible.map((value) => ({
      value,
      label: outcomes[value],
      hint: outcomeMeanings[value],
    })),
    conditions: conditions
      .filter(({ isSettled }) => !isSettled)
      .map((condition) => ({
        id: condition.id,
        label: `${condition.refersTo(project).ref} ${condition.text}`,
      })),
    broughtIn: await broughtInState(round),
    owners: await conditionOwners(project),
    kinds: await kindOptions(gate),
    criteria: criteria.map(({ id, title, position }) => ({ id, title: `${position}. ${title}` })),
  }
}

/** What an approval with conditions would impose, and which of those can no longer be asked. */
async function broughtInState(round: Round) {
  const { fit, unfit } = await broughtIn(round)
  return {
    fit: fit.map(({ text, dueOn }) => ({ text, dueOn })),
    unfit: unfit.map(({ text, why }) => ({ text, why })),
  }
}
