/** When a condition of an approval has to be met, and what waits for it. */
export const conditionKinds = {
  before_next_gate: 'Before the next gate',
  before_stage_work: 'Before the stage begins',
  by_date: 'By its date',
} as const

export type ConditionKind = keyof typeof conditionKinds

/** What is stored. Whether a condition is overdue follows from its date. */
export const keptStates = {
  open: 'Open',
  claimed: 'Claimed',
  verified: 'Verified',
  waived: 'Waived',
} as const

export type KeptState = keyof typeof keptStates

export const conditionStates = { ...keptStates, overdue: 'Overdue' } as const

export type ConditionState = keyof typeof conditionStates

/** States in which a condition needs nothing more. */
export const SETTLED: KeptState[] = ['verified', 'waived']

export const UNSETTLED: KeptState[] = ['open', 'claimed']
