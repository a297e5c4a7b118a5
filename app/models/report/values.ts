import { dimensions, ratings as ratingLabels, type Rating } from '#models/health/enumerations'
import type { Field } from '#models/raid/fields'
import { MOST_DECISIONS, RATED } from '#models/report/enumerations'
import type { ReportParts } from '#models/report/parts'
import type StatusReport from '#models/status_report'

/** A report as its single form carries it: every field under its own name. */
export type ReportValues = Record<string, string | null>

type Own = Pick<
  StatusReport,
  'periodStartOn' | 'periodEndOn' | 'summary' | 'achieved' | 'planned' | 'budget'
>

export const DECISIONS = Array.from({ length: MOST_DECISIONS }, (_, index) => index + 1)

/** The fields of a report, in the order that comparisons show them. */
export const reportFields: Field[] = [
  { key: 'periodStartOn', label: 'Period from', kind: 'date', required: true },
  { key: 'periodEndOn', label: 'Period to', kind: 'date', required: true },
  { key: 'summary', label: 'Summary', kind: 'text' },
  ...RATED.flatMap((dimension): Field[] => [
    {
      key: `${dimension}Rating`,
      label: dimensions[dimension],
      kind: 'choice',
      choices: ratingLabels,
    },
    { key: `${dimension}Reason`, label: `${dimensions[dimension]}: reason`, kind: 'text' },
    {
      key: `${dimension}PathToGreen`,
      label: `${dimensions[dimension]}: path to green`,
      kind: 'text',
    },
    {
      key: `${dimension}DifferenceReason`,
      label: `${dimensions[dimension]}: why better than computed`,
      kind: 'text',
    },
  ]),
  { key: 'achieved', label: 'Achieved', kind: 'text' },
  { key: 'planned', label: 'Planned', kind: 'text' },
  ...DECISIONS.flatMap((place): Field[] => [
    { key: `decision${place}What`, label: `Decision ${place}`, kind: 'line' },
    { key: `decision${place}OwnerId`, label: `Decision ${place}: by whom`, kind: 'person' },
    { key: `decision${place}DueOn`, label: `Decision ${place}: by when`, kind: 'date' },
  ]),
  { key: 'budget', label: 'Budget', kind: 'text' },
]

/** A report and its parts as the form shows them. */
export function valuesOf(report: Own, { ratings, decisions }: ReportParts): ReportValues {
  const { periodStartOn, periodEndOn, summary, achieved, planned, budget } = report
  const values: ReportValues = { periodStartOn, periodEndOn, summary, achieved, planned, budget }
  for (const row of ratings) {
    values[`${row.dimension}Rating`] = row.rating
    values[`${row.dimension}Reason`] = row.reason
    values[`${row.dimension}PathToGreen`] = row.pathToGreen
    values[`${row.dimension}DifferenceReason`] = row.differenceReason
  }
  for (const place of DECISIONS) {
    const asked = decisions[place - 1]
    values[`decision${place}What`] = asked?.what ?? null
    values[`decision${place}OwnerId`] = asked?.ownerId ?? null
    values[`decision${place}DueOn`] = asked?.dueOn ?? null
  }
  return values
}

/** The report's own fields among the values. */
export function ownOf(values: ReportValues) {
  const { summary = null, achieved = null, planned = null, budget = null } = values
  const [periodStartOn, periodEndOn] = [values.periodStartOn!, values.periodEndOn!]
  return { periodStartOn, periodEndOn, summary, achieved, planned, budget }
}

/** The parts among the values; empty rows of decisions are dropped. */
export function partsIn(values: ReportValues): ReportParts {
  return {
    ratings: RATED.map((dimension) => ({
      dimension,
      rating: (values[`${dimension}Rating`] ?? 'not_rated') as Rating,
      reason: values[`${dimension}Reason`] ?? null,
      pathToGreen: values[`${dimension}PathToGreen`] ?? null,
      differenceReason: values[`${dimension}DifferenceReason`] ?? null,
    })),
    decisions: DECISIONS.map((place) => ({
      what: values[`decision${place}What`] ?? '',
      ownerId: values[`decision${place}OwnerId`] ?? null,
      dueOn: values[`decision${place}DueOn`] ?? null,
    })).filter(({ what }) => what !== ''),
  }
}
