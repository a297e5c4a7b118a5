import { DateTime } from 'luxon'
import Tenancy from '#tenancy/tenancy'

/** Today's date in the organisation's time zone, as `YYYY-MM-DD`. */
export function today() {
  return DateTime.now().setZone(Tenancy.organisationsZone).toISODate()!
}

/** The date of a moment in the organisation's time zone. */
export function dayOf(moment: DateTime) {
  return moment.setZone(Tenancy.organisationsZone).toISODate()!
}

/** The moment at which a day begins in the organisation's time zone, as a `DateTime` in UTC. */
export function startOfDay(day: string) {
  return DateTime.fromISO(day, { zone: Tenancy.organisationsZone }).startOf('day').toUTC()
}

/** Today's date in UTC, for what belongs to no organisation. */
export function todayUtc() {
  return DateTime.utc().toISODate()
}

/** The day this many days after another; before it if negative. */
export function addDays(day: string, days: number) {
  return DateTime.fromISO(day, { zone: 'utc' }).plus({ days }).toISODate()!
}

const A_DAY = 86_400_000

/** The number of days between two days; negative if the second comes first. */
export function daysBetween(from: string, to: string) {
  return Math.round((Date.parse(to) - Date.parse(from)) / A_DAY)
}

/** True for a calendar day as `YYYY-MM-DD` that exists, from 1900 to 2199. */
export function isRealDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^(19|20|21)\d\d-\d\d-\d\d$/.test(value)) return false
  const parsed = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(value)
}

/** A date as mails, reports and notices write it, whatever the reader's time zone: 4 Mar 2026. */
export function inWords(date: string) {
  return DateTime.fromISO(date).setLocale('en').toFormat('d LLL yyyy')
}
