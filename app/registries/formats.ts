import { DateTime, Info } from 'luxon'
import { daysBetween, today } from '#models/days'
import { readersZone } from '#models/time_zone'

const DATE = /^\d{4}-(0[1-9]|1[0-2])-\d\d$/
const MONTHS = Info.months('short', { locale: 'en' })

/** What can be told as a moment: `YYYY-MM-DD`, an ISO moment or a Date. */
export type Moment = string | Date | DateTime | null | undefined

/** A date as people read it: 4 Mar 2026. Of a moment, the day that it is for the reader. */
export function day(value: Moment) {
  if (typeof value === 'string' && DATE.test(value)) return plainDay(value)
  return inZone(value, readersZone())?.toFormat('d LLL yyyy') ?? ''
}

/** Lists hold dates by the dozen, and reading each into a DateTime would take longer than the query. */
function plainDay(date: string) {
  return `${Number(date.slice(8))} ${MONTHS[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`
}

/** How long a day is past where the organisation at work is: 9 days overdue. */
export function overdueBy(date: string) {
  const days = daysBetween(date, today())
  return days === 1 ? '1 day overdue' : `${days} days overdue`
}

/** A moment as people read it, in the reader's zone unless another is given: 4 Mar 2026, 09:12. */
export function moment(value: Moment, zone = readersZone()) {
  return inZone(value, zone)?.toFormat('d LLL yyyy, HH:mm') ?? ''
}

/** A moment of late: today, 09:12; yesterday, 16:40; otherwise as `moment` tells it. */
export function lately(value: Moment, now: DateTime = DateTime.utc()) {
  const zone = readersZone()
  const at = inZone(value, zone)
  if (!at) return ''
  const local = now.setZone(zone)
  if (at.hasSame(local, 'day')) return at.toFormat("'today', HH:mm")
  if (at.hasSame(local.minus({ days: 1 }), 'day')) return at.toFormat("'yesterday', HH:mm")
  return moment(at)
}

/** A moment for machines, as the datetime attribute wants it: always UTC. */
export function iso(value: Moment) {
  return inZone(value, 'UTC')?.toISO({ suppressMilliseconds: true }) ?? ''
}

function inZone(value: Moment, zone: string) {
  if (!value) return null
  if (value instanceof DateTime) return value.setZone(zone)
  if (value instanceof Date) return DateTime.fromJSDate(value, { zone })
  return DateTime.fromISO(value, { zone: 'utc' }).setZone(zone)
}
