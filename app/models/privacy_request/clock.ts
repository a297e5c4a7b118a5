import { DateTime } from 'luxon'

const DAYS = 30
const TARGET_DAYS = 28
const FIRST_ALARM_DAYS_BEFORE = 5
const LAST_ALARM_DAYS_BEFORE = 1

/** When an answer is due: 30 days or one calendar month after receipt, whichever ends first. */
export function dueOn(receivedOn: string) {
  const received = day(receivedOn)
  return iso(DateTime.min(received.plus({ days: DAYS }), received.plus({ months: 1 })))
}

/** When we mean to have answered. */
export function targetOn(receivedOn: string) {
  const received = day(receivedOn)
  return iso(DateTime.min(received.plus({ days: TARGET_DAYS }), received.plus({ months: 1 })))
}

/** The last day to which an answer may be put off: two months more. */
export function latestExtension(receivedOn: string) {
  return iso(day(receivedOn).plus({ months: 3 }))
}

/** Days left until `due`; negative once it is over. */
export function daysLeft(due: string, today = todayUtc()) {
  return Math.round(day(due).diff(day(today), 'days').days)
}

/** Which alarm is due: on day 25 of 30 and on day 29, or as near to a due date that comes sooner. */
export function alarmDue(due: string, today = todayUtc()): 'alarm_first' | 'alarm_last' | null {
  const left = daysLeft(due, today)
  if (left <= LAST_ALARM_DAYS_BEFORE) return 'alarm_last'
  return left <= FIRST_ALARM_DAYS_BEFORE ? 'alarm_first' : null
}

/** The day by which the receipt of a complaint must be acknowledged. */
export function acknowledgeBy(receivedOn: string) {
  return iso(day(receivedOn).plus({ days: DAYS }))
}

/** Whether the desk is warned that a complaint still waits for its acknowledgement: five days before. */
export function acknowledgementDue(receivedOn: string, today = todayUtc()) {
  return daysLeft(acknowledgeBy(receivedOn), today) <= FIRST_ALARM_DAYS_BEFORE
}

export function todayUtc() {
  return iso(DateTime.utc())
}

function day(text: string) {
  return DateTime.fromISO(text, { zone: 'utc' })
}

function iso(date: DateTime) {
  return date.toISODate()!
}
