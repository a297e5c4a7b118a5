import { DateTime } from 'luxon'
import { addDays } from '#models/days'

/** The Monday of a day's week (ISO 8601). */
export function mondayOf(day: string) {
  return DateTime.fromISO(day, { zone: 'utc' }).startOf('week').toISODate()!
}

/** So many Mondays up to this one, earliest first. */
export function weeksUpTo(monday: string, count: number) {
  return Array.from({ length: count }, (_, index) => addDays(monday, (index - count + 1) * 7))
}

/** The last days of so many months, ending with today for the present month. */
export function monthEndsUpTo(day: string, count: number) {
  const end = DateTime.fromISO(day, { zone: 'utc' })
  return Array.from({ length: count }, (_, index) => {
    const back = count - 1 - index
    return back === 0 ? day : end.minus({ months: back }).endOf('month').toISODate()!
  })
}
