import { DateTime } from 'luxon'

/** The day so many days from now, in UTC. */
export function inDays(days: number) {
  return DateTime.utc().plus({ days }).toISODate()
}

/** A date as mails, reports and notices tell it, whatever the reader's zone: 4 Mar 2026. */
export function inWords(date: string) {
  return DateTime.fromISO(date).setLocale('en').toFormat('d LLL yyyy')
}
