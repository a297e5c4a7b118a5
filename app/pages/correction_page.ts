import { outcomeMeanings, outcomes, type Outcome } from '#models/deciding/enumerations'
import type Round from '#models/deciding/round'
import GateCriterion from '#models/gate_criterion'
import GateDecision from '#models/gate_decision'

/** What the form that puts a decision right begins with: the record as it stands. */
export async function correctionState({ gate, review }: Round) {
  const present = await GateDecision.in(review).firstOrFail()
  const criteria = await GateCriterion.of(gate)
  const possible: Outcome[] = JSON.parse(present.record).possible_outcomes
  return {
    gate: { id: gate.id, ref: gate.ref, name: gate.name },
    review: { id: review.id, round: review.round },
    decision: {
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
    criteria: criteria.map(({ id, title, position }) => ({ id, title: `${position}. ${title}` })),
  }
}
