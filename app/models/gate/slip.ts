import { daysBetween, today } from '#models/days'
import type { Outcome } from '#models/deciding/enumerations'

export type Dated = {
  baselineOn: string | null
  forecastOn: string | null
  actualOn: string | null
}

/** The dates of a gate that count, given what was decided: a rejected gate is no longer expected. */
export function datesThatCount(
  { baselineOn, forecastOn, actualOn }: Dated,
  outcome: Outcome | null | undefined
): Dated {
  return { baselineOn, forecastOn: outcome === 'rejected' ? null : forecastOn, actualOn }
}

/**
 * How many days later than its baseline a gate is, or was; negative when earlier, null when unknown. A future gate is
 * expected today at the earliest, so that a forecast in the past does not hide a delay.
 */
export function slipOf({ baselineOn, forecastOn, actualOn }: Dated) {
  if (!baselineOn || !(actualOn ?? forecastOn)) return null
  const present = today()
  const expectedOn = forecastOn && forecastOn < present ? present : forecastOn
  return daysBetween(baselineOn, actualOn ?? expectedOn!)
}
