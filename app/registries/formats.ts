import { DateTime, Info } from 'luxon'

const DATE = /^\d{4}-(0[1-9]|1[0-2])-\d\d$/
const MONTHS = Info.months('short', { locale: 'en' })

/** A date as people read it: 4 Mar 2026. Takes `YYYY-MM-DD`, an ISO moment or a Date. */
export function day(value: string | Date | DateTime | null | undefined) {
  if (typeof value === 'string' && DATE.test(value)) return plainDay(value)
  return toDateTime(value)?.toFormat('d LLL yyyy') ?? ''
}

/** Lists hold dates by the dozen, and reading each into a DateTime would take longer than the query. */
function plainDay(date: string) {
  const [year, month, dayOfMonth] = date.split('-')
  return `${Number(dayOfMonth)} ${MONTHS[Number(month) - 1]} ${year}`
}

/** A moment as people read it, in UTC: 4 Mar 2026, 09:12. */
export function moment(value: string | Date | DateTime | null | undefined) {
  return toDateTime(value)?.toFormat('d LLL yyyy, HH:mm') ?? ''
}

/** A moment of late: today, 09:12; yesterday, 16:40; otherwise as `moment` tells it. */
export function lately(value: string | Date | DateTime | null | undefined, now = DateTime.utc()) {
  const at = toDateTime(value)
  if (!at) return ''
  if (at.hasSame(now, 'day')) return at.toFormat("'today', HH:mm")
  if (at.hasSame(now.minus({ days: 1 }), 'day')) return at.toFormat("'yesterday', HH:mm")
  return moment(at)
}

/** A moment for machines, as the datetime attribute wants it. */
export function iso(value: string | Date | DateTime | null | undefined) {
  return toDateTime(value)?.toISO({ suppressMilliseconds: true }) ?? ''
}

function toDateTime(value: string | Date | DateTime | null | undefined) {
  if (!value) return null
  if (value instanceof DateTime) return value.toUTC()
  if (value instanceof Date) return DateTime.fromJSDate(value, { zone: 'utc' })
  return DateTime.fromISO(value, { zone: 'utc' })
}
