import { addDays } from '#models/days'
import { AT_WORK, isAtWork } from '#models/project/states'
import { STALE_AFTER_DAYS } from '#models/report/enumerations'
import type { Condition } from '#tenancy/conditions'

/**
 * True when work continues and no one has reported for a month: `since` is the day of the latest report, or of the
 * project's start.
 */
export function isSilent({ status, since }: { status: string; since: string }, today: string) {
  return isAtWork(status) && since <= lastDay(today)
}

/** The same over rows of `projects`, for a day in `reported`, with its values. */
export function silentSince(reported: string, timeZone: string, today: string): Condition {
  const text = `(projects.status = any(?) and coalesce(${reported},
    (projects.created_at at time zone ?)::date) <= ?::date)`
  return [text, [AT_WORK, timeZone, lastDay(today)]]
}

function lastDay(today: string) {
  return addDays(today, -STALE_AFTER_DAYS)
}
