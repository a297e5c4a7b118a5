import { DateTime } from 'luxon'
import { addDays, daysBetween, todayUtc } from '#models/days'

/** A complaint is acknowledged within this many days. */
const ACKNOWLEDGED_WITHIN_DAYS = 30
/**
 * Half of the thirty days is for the desk to check whether the law forbids an erasure; the other half is for reading.
 */
export const BEGINS_DAYS_BEFORE = 14
const FIRST_ALARM_DAYS_BEFORE = 5
const LAST_ALARM_DAYS_BEFORE = 1

/** The last day to which an answer can be extended: two months more. */
export function latestExtension(receivedOn: string) {
  return DateTime.fromISO(receivedOn, { zone: 'utc' }).plus({ months: 3 }).toISODate()!
}

/** Days left until `due`; negative once it has passed. */
export function daysLeft(due: string, today = todayUtc()) {
  return daysBetween(today, due)
}

/**
 * The day on which an erasure that a member asked for starts automatically, unless the desk starts or refuses it
 * before.
 */
export function beginsByItselfOn(due: string) {
  return addDays(due, -BEGINS_DAYS_BEFORE)
}

/** Which alarm is due: on day 25 of 30 and on day 29, or correspondingly close to an earlier due date. */
export function alarmDue(due: string, today = todayUtc()): 'alarm_first' | 'alarm_last' | null {
  const left = daysLeft(due, today)
  if (left <= LAST_ALARM_DAYS_BEFORE) return 'alarm_last'
  return left <= FIRST_ALARM_DAYS_BEFORE ? 'alarm_first' : null
}

/** The day by which a complaint must be acknowledged. */
export function acknowledgeBy(receivedOn: string) {
  return addDays(receivedOn, ACKNOWLEDGED_WITHIN_DAYS)
}

/** Whether the desk is warned that a complaint is still unacknowledged: five days before. */
export function acknowledgementDue(receivedOn: string, today = todayUtc()) {
  return daysLeft(acknowledgeBy(receivedOn), today) <= FIRST_ALARM_DAYS_BEFORE
}
