import { daysBetween } from '#models/days'

export type Dated = {
  baselineOn: string | null
  forecastOn: string | null
  actualOn: string | null
}

/** By how many days a gate is, or was, later than its baseline; negative when earlier, null when unknown. */
export function slipOf({ baselineOn, forecastOn, actualOn }: Dated) {
  const heldOn = actualOn ?? forecastOn
  return baselineOn && heldOn ? daysBetween(baselineOn, heldOn) : null
}
