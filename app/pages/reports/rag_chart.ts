import { dimensions } from '#models/health/enumerations'
import { RATED } from '#models/report/enumerations'
import type { ReportRow } from '#models/report/list'
import { day } from '#registries/formats'
import * as terms from '#registries/terms'

const LEFT = 92
const COLUMN = 48
const ROW = 30
const TOP = 8
const FOOT = 34
const SIZE = 20
const MOST = 16

/** A project's ratings over time: a column for each report, oldest first. */
export function ragChart(rows: ReportRow[]) {
  const reports = rows.slice(0, MOST).toReversed()
  if (reports.length < 2) return null
  return {
    width: LEFT + reports.length * COLUMN + 8,
    height: TOP + RATED.length * ROW + FOOT,
    rows: RATED.map((dimension, index) => ({
      label: dimensions[dimension],
      y: TOP + index * ROW,
      middle: TOP + index * ROW + ROW / 2,
      isWhole: dimension === 'overall',
    })),
    columns: reports.map((report, index) => ({
      x: LEFT + index * COLUMN + COLUMN / 2,
      label: shortDay(report.period_end_on),
      year: yearOf(report, reports[index - 1]),
      cells: RATED.map((dimension, place) => {
        const rating = report.ratings[dimension] ?? 'not_rated'
        const { label, letter } = terms.ratings[rating]
        return {
          rating,
          letter,
          x: LEFT + index * COLUMN + (COLUMN - SIZE) / 2,
          y: TOP + place * ROW + (ROW - SIZE) / 2,
          title: `${dimensions[dimension]}, ${day(report.period_end_on)}: ${label}`,
        }
      }),
    })),
    size: SIZE,
    labelY: TOP + RATED.length * ROW + 14,
    yearY: TOP + RATED.length * ROW + 28,
    summary: summaryOf(reports),
  }
}

function shortDay(on: string) {
  return day(on).replace(/ \d{4}$/, '')
}

/** The year is shown only under its first report. */
function yearOf({ period_end_on: on }: ReportRow, before: ReportRow | undefined) {
  const year = on.slice(0, 4)
  return before?.period_end_on.startsWith(year) ? null : year
}

function summaryOf(reports: ReportRow[]) {
  const told = reports.map(
    ({ period_end_on: on, ratings }) =>
      `${day(on)} ${terms.ratings[ratings.overall].label.toLowerCase()}`
  )
  return `Overall rating by report: ${told.join(', ')}. The table below has every dimension.`
}
