import { daysBetween } from '#models/days'
import type { Outcome } from '#models/deciding/enumerations'

export type Dated = {
  baselineOn: string | null
  forecastOn: string | null
  actualOn: string | null
}

/** The dates of a gate that count, by what was decided of it: what was rejected is expected no more. */
export function datesThatCount(
  { baselineOn, forecastOn, actualOn }: Dated,
  outcome: Outcome | null | undefined
): Dated {
  return { baselineOn, forecastOn: outcome === 'rejected' ? null : forecastOn, actualOn }
}

/** By how many days a gate is, or was, later than its baseline; negative when earlier, null when unknown. */
export function slipOf({ baselineOn, forecastOn, actualOn }: Dated) {
  const heldOn = actualOn ?? forecastOn
  return baselineOn && heldOn ? daysBetween(baselineOn, heldOn) : null
}
