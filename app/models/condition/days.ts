import { DateTime } from 'luxon'

/** The day so many days from now, in UTC. */
export function inDays(days: number) {
  return DateTime.utc().plus({ days }).toISODate()
}
