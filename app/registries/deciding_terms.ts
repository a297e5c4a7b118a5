import type { DecisionRule } from '#models/gate_defaults'

/** What each rule means to people choosing it: when a decision can be made. */
export const ruleHints: Record<DecisionRule, string> = {
  sole_decider: 'The chair decides alone. Everyone else is an adviser.',
  chair_after_advice:
    'The votes are advice. When the quorum has voted, the chair can record any outcome.',
  majority:
    'One outcome needs more than half of the votes, and missing votes must not be able to change it unless the decide-by date has passed. The chair records it.',
  unanimous:
    'Everyone must vote, and all who do not abstain must agree. The chair records the outcome.',
}
