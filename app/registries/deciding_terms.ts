import type { DecisionRule } from '#models/gate_defaults'

/** What each rule means to those who choose it: when a decision can fall. */
export const ruleHints: Record<DecisionRule, string> = {
  sole_decider: 'The chair decides alone. Everyone else named is an adviser.',
  chair_after_advice:
    'Deciders vote as advice. Once the quorum has spoken, the chair records any outcome.',
  majority:
    'More than half of the votes must be for one outcome, and votes still missing must not be able to change it, unless the day to decide by has passed. The chair records it.',
  unanimous: 'Everyone votes, and all who do not abstain agree. The chair records it.',
}
