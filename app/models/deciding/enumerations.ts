/** What a decision can say, from most to least favourable. */
export const outcomes = {
  approved: 'Approved',
  approved_with_conditions: 'Approved with conditions',
  deferred: 'Deferred',
  rework: 'Rework',
  rejected: 'Rejected',
} as const

export type Outcome = keyof typeof outcomes

/** What each outcome means for the work. */
export const outcomeMeanings: Record<Outcome, string> = {
  approved: 'Work goes on to the next stage.',
  approved_with_conditions: 'Work goes on, as long as the conditions are met in time.',
  deferred: 'On hold until a date you choose.',
  rework: 'Back to the project to meet the criteria you choose.',
  rejected: 'Work stops here.',
}

/** Outcomes after which the work continues. */
export const APPROVALS: Outcome[] = ['approved', 'approved_with_conditions']

/** Outcomes after which the gate may be prepared and submitted again. */
export const RETURNS: Outcome[] = ['deferred', 'rework']

export const votes = { ...outcomes, abstain: 'Abstain', recused: 'Recused' } as const

export type Vote = keyof typeof votes

export const seatRoles = {
  chair: 'Chair',
  decider: 'Decider',
  adviser: 'Adviser',
} as const

export type SeatRole = keyof typeof seatRoles

export const reviewStatuses = {
  submitted: 'Submitted',
  in_review: 'In review',
  decided: 'Decided',
  withdrawn: 'Withdrawn',
} as const

export type ReviewStatus = keyof typeof reviewStatuses

/** Why someone with a seat at a gate may not vote there. */
export const bars = {
  submitter: 'submitted this gate',
  manager: 'manages the project',
  inactive: 'is no longer a member',
  no_role: 'no longer has a deciding role in the project',
} as const

export type Bar = keyof typeof bars

/** Whether an outcome lets the project continue. */
export function isApproval(outcome: Outcome | null | undefined) {
  return outcome !== null && outcome !== undefined && APPROVALS.includes(outcome)
}
