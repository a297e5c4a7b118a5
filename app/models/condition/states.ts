import { SETTLED, type ConditionState, type KeptState } from '#models/condition/enumerations'

export type ConditionStep = 'claim' | 'verify' | 'send_back' | 'waive'

const steps: Record<KeptState, Partial<Record<ConditionStep, KeptState>>> = {
  open: { claim: 'claimed', waive: 'waived' },
  claimed: { verify: 'verified', send_back: 'open', waive: 'waived' },
  verified: {},
  waived: {},
}

/** The state that a step leads to; null when the step cannot be taken. */
export function afterConditionStep(state: KeptState, step: ConditionStep): KeptState | null {
  return steps[state][step] ?? null
}

type Dated = { state: KeptState; dueOn: string; claimedOn: string | null }

/**
 * True when the date has passed with nothing to show: the approval lapses. A claim made in time waits for its verifier
 * without harm; a late claim changes nothing before it is verified.
 */
export function isConditionOverdue({ state, dueOn, claimedOn }: Dated, today: string) {
  if (SETTLED.includes(state) || dueOn >= today) return false
  return state === 'open' || claimedOn === null || claimedOn > dueOn
}

/** The state as people see it. */
export function shownState(condition: Dated, today: string): ConditionState {
  return isConditionOverdue(condition, today) ? 'overdue' : condition.state
}

/** The same rule over rows of `gate_conditions`, for a day given as `?`. */
export const IS_OVERDUE = `(gate_conditions.due_on < ?::date and (gate_conditions.state = 'open'
  or gate_conditions.state = 'claimed' and gate_conditions.claimed_on > gate_conditions.due_on))`
