import type { AuditValue } from '#audit/events'
import type { Dimension, Rating } from '#models/health/enumerations'
import { RATED } from '#models/report/enumerations'
import StatusReportDecision from '#models/status_report_decision'
import StatusReportRating from '#models/status_report_rating'

export type ReportRating = {
  dimension: Dimension
  rating: Rating
  reason: string | null
  pathToGreen: string | null
  differenceReason: string | null
}

export type ReportDecision = { what: string; ownerId: string | null; dueOn: string | null }

/** The parts of a report besides its own fields: its rating of each dimension, and the decisions that it needs. */
export type ReportParts = { ratings: ReportRating[]; decisions: ReportDecision[] }

/** The value of a dimension until it is rated. */
export const unrated = (dimension: Dimension): ReportRating => ({
  dimension,
  rating: 'not_rated',
  reason: null,
  pathToGreen: null,
  differenceReason: null,
})

/** The parts of a report, every dimension included. */
export async function partsOf(report: { id: string }): Promise<ReportParts> {
  const ratings = await StatusReportRating.query().where('report_id', report.id)
  const decisions = await StatusReportDecision.query()
    .where('report_id', report.id)
    .orderBy('position')
  return {
    ratings: RATED.map((dimension) => {
      const kept = ratings.find((row) => row.dimension === dimension)
      return kept ? ratingOf(kept) : unrated(dimension)
    }),
    decisions: decisions.map(({ what, ownerId, dueOn }) => ({ what, ownerId, dueOn })),
  }
}

function ratingOf(row: StatusReportRating): ReportRating {
  const { dimension, rating, reason, pathToGreen, differenceReason } = row
  return { dimension, rating, reason, pathToGreen, differenceReason }
}

/** Saves the parts of a report that has none yet. */
export async function keepParts(report: { id: string }, { ratings, decisions }: ReportParts) {
  await StatusReportRating.createMany(ratings.map((row) => ({ ...row, reportId: report.id })))
  await StatusReportDecision.createMany(
    decisions.map((row, index) => ({ ...row, position: index + 1, reportId: report.id }))
  )
}

/** Replaces the parts of a report whose row is locked. */
export async function replaceParts(report: { id: string }, parts: ReportParts) {
  await StatusReportRating.query().where('report_id', report.id).delete()
  await StatusReportDecision.query().where('report_id', report.id).delete()
  await keepParts(report, parts)
}

/** The difference between two states of the parts, as the report's event records it. */
export function partChanges(before: ReportParts, after: ReportParts): Record<string, AuditValue> {
  const [old, now] = [told(before), told(after)]
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])]
  return Object.fromEntries(
    names
      .filter((name) => old[name] !== now[name])
      .map((name) => [name, { before: old[name], after: now[name] }])
  )
}

function told({ ratings, decisions }: ReportParts): Record<string, string> {
  const words = ratings.flatMap((row): [string, string | null][] => [
    [`${row.dimension}_rating`, row.rating],
    [`${row.dimension}_reason`, row.reason],
    [`${row.dimension}_path_to_green`, row.pathToGreen],
    [`${row.dimension}_difference_reason`, row.differenceReason],
  ])
  const asked = decisions.flatMap(({ what, ownerId, dueOn }, index): [string, string | null][] => [
    [`decision_${index + 1}_what`, what],
    [`decision_${index + 1}_owner_id`, ownerId],
    [`decision_${index + 1}_due_on`, dueOn],
  ])
  return Object.fromEntries(
    [...words, ...asked].filter((entry): entry is [string, string] => entry[1] !== null)
  )
}
