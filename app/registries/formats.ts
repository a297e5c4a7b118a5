import { DateTime, Info } from 'luxon'
import { daysBetween, today } from '#models/days'
import { readersZone } from '#models/time_zone'

const DATE = /^\d{4}-(0[1-9]|1[0-2])-\d\d$/
const MONTHS = Info.months('short', { locale: 'en' })

/** What can be shown as a moment: `YYYY-MM-DD`, an ISO moment or a Date. */
export type Moment = string | Date | DateTime | null | undefined

/** A date in words: 4 Mar 2026. For a moment, the day that it is for the reader. */
export function day(value: Moment) {
  if (typeof value === 'string' && DATE.test(value)) return plainDay(value)
  return inZone(value, readersZone())?.toFormat('d LLL yyyy') ?? ''
}

/** Lists contain dozens of dates, and reading each into a DateTime would take longer than the query. */
function plainDay(date: string) {
  return `${Number(date.slice(8))} ${MONTHS[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`
}

/** How long ago a day was: 9 days overdue. Counted to today in the organisation's time zone, unless told another day. */
export function overdueBy(date: string, now = today()) {
  const days = daysBetween(date, now)
  return days === 1 ? '1 day overdue' : `${days} days overdue`
}

/** A moment in words, in the reader's time zone unless another is given: 4 Mar 2026, 09:12. */
export function moment(value: Moment, zone = readersZone()) {
  return inZone(value, zone)?.toFormat('d LLL yyyy, HH:mm') ?? ''
}

/** A recent moment: today, 09:12; yesterday, 16:40; otherwise like `moment`. */
export function lately(value: Moment, now: DateTime = DateTime.utc()) {
  const zone = readersZone()
  const at = inZone(value, zone)
  if (!at) return ''
  const local = now.setZone(zone)
  if (at.hasSame(local, 'day')) return at.toFormat("'today', HH:mm")
  if (at.hasSame(local.minus({ days: 1 }), 'day')) return at.toFormat("'yesterday', HH:mm")
  return moment(at)
}

/** A moment for the datetime attribute: always UTC. */
export function iso(value: Moment) {
  return inZone(value, 'UTC')?.toISO({ suppressMilliseconds: true }) ?? ''
}

function inZone(value: Moment, zone: string) {
  if (!value) return null
  if (value instanceof DateTime) return value.setZone(zone)
  if (value instanceof Date) return DateTime.fromJSDate(value, { zone })
  return DateTime.fromISO(value, { zone: 'utc' }).setZone(zone)
}
