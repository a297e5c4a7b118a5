import { DateTime } from 'luxon'

export type Dated = {
  baselineOn: string | null
  forecastOn: string | null
  actualOn: string | null
}

/** By how many days a gate is, or was, later than its baseline; negative when earlier, null when unknown. */
export function slipOf({ baselineOn, forecastOn, actualOn }: Dated) {
  return daysBetween(baselineOn, actualOn ?? forecastOn)
}

/** The days from one date to another; null while one of them is not known. */
export function daysBetween(from: string | null, to: string | null) {
  if (!from || !to) return null
  return Math.round(DateTime.fromISO(to).diff(DateTime.fromISO(from), 'days').days)
}
