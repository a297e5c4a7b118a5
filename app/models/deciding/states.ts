import { RETURNS, type Outcome } from '#models/deciding/enumerations'
import type { GateStatus } from '#models/gate/enumerations'

/** What happens to a gate. Nothing else changes its status. */
export type GateStep = 'prepare' | 'submit' | 'take_up' | 'withdraw' | 'decide'

const steps: Record<GateStatus, Partial<Record<GateStep, GateStatus>>> = {
  planned: { prepare: 'preparing' },
  preparing: { submit: 'submitted' },
  submitted: { take_up: 'in_review', withdraw: 'withdrawn', decide: 'decided' },
  in_review: { take_up: 'in_review', withdraw: 'withdrawn', decide: 'decided' },
  withdrawn: { prepare: 'preparing' },
  decided: {},
}

/**
 * The status that a step leads to; null when the step cannot be taken. A decided gate is prepared again only after an
 * outcome that asks for it.
 */
export function afterStep(status: GateStatus, step: GateStep, outcome: Outcome | null = null) {
  if (status === 'decided' && step === 'prepare') {
    return outcome !== null && RETURNS.includes(outcome) ? 'preparing' : null
  }
  return steps[status][step] ?? null
}

/** The pack is under review. */
export const UNDER_REVIEW: GateStatus[] = ['submitted', 'in_review']
