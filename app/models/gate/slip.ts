import { daysBetween, today } from '#models/days'
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

/**
 * By how many days a gate is, or was, later than its baseline; negative when earlier, null when unknown. What is still
 * to come is expected today at the earliest, so that a forecast that passed does not hide a delay.
 */
export function slipOf({ baselineOn, forecastOn, actualOn }: Dated) {
  if (!baselineOn || !(actualOn ?? forecastOn)) return null
  const present = today()
  const expectedOn = forecastOn && forecastOn < present ? present : forecastOn
  return daysBetween(baselineOn, actualOn ?? expectedOn!)
}
