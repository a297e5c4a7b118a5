import { DateTime } from 'luxon'
import { daysBetween } from '#models/days'
import type { Cadence } from '#models/report/enumerations'

/** The next due day after `day`; the schedule is counted from its first day. */
export function firstAfter(day: string, cadence: Cadence, first: string) {
  if (day < first) return first
  return occurrence(cadence, first, passed(day, cadence, first) + 1)
}

/** The due day before this one; null for the first. */
export function dayBefore(due: string, cadence: Cadence, first: string) {
  const count = passed(due, cadence, first)
  return count === 0 ? null : occurrence(cadence, first, count - 1)
}

/**
 * How many due days are between the first and `day`. Months differ in length, so the last day of a short one counts.
 */
function passed(day: string, cadence: Cadence, first: string) {
  if (cadence !== 'monthly') return Math.floor(daysBetween(first, day) / DAYS[cadence])
  const [start, end] = [first, day].map((one) => DateTime.fromISO(one, { zone: 'utc' }))
  const months = (end.year - start.year) * 12 + end.month - start.month
  return occurrence(cadence, first, months) <= day ? months : months - 1
}

const DAYS = { weekly: 7, fortnightly: 14 }

function occurrence(cadence: Cadence, first: string, count: number) {
  const start = DateTime.fromISO(first, { zone: 'utc' })
  const step = cadence === 'monthly' ? { months: count } : { days: DAYS[cadence] * count }
  return start.plus(step).toISODate()!
}
