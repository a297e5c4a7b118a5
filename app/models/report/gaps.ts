import { dimensions, isRosier, needsPath, ratings } from '#models/health/enumerations'
import type { ComputedRating } from '#models/health/computed'
import type { Computed } from '#models/report/computing'
import type { ReportParts, ReportRating } from '#models/report/parts'
import type StatusReport from '#models/status_report'

export type Gap = { field: string; message: string }

/** What a report lacks before it can be submitted: a draft may lack it. */
export function gapsIn(
  report: StatusReport,
  { ratings: said }: ReportParts,
  computed: Computed
): Gap[] {
  return [
    ...(report.summary ? [] : [{ field: 'summary', message: 'Enter a summary' }]),
    ...said.flatMap((row) => [...gapsOf(row), ...unexplained(row, computed[row.dimension])]),
  ]
}

function gapsOf({ dimension, rating, reason, pathToGreen }: ReportRating): Gap[] {
  const name = dimensions[dimension]
  if (dimension === 'overall' && rating === 'not_rated') {
    return [
      {
        field: 'overall_rating',
        message: 'Choose an overall rating. Only other dimensions can be left unrated',
      },
    ]
  }
  if (!needsPath(rating)) return []
  const shown = ratings[rating].toLowerCase()
  return [
    ...(reason
      ? []
      : [{ field: `${dimension}_reason`, message: `${name}: enter why it is ${shown}` }]),
    ...(pathToGreen
      ? []
      : [{ field: `${dimension}_path_to_green`, message: `${name}: enter the path to green` }]),
  ]
}

function unexplained(row: ReportRating, computed: ComputedRating | undefined): Gap[] {
  if (!computed || row.differenceReason || !isRosier(row.rating, computed.rating)) return []
  const [name, found] = [dimensions[row.dimension], ratings[computed.rating].toLowerCase()]
  return [
    {
      field: `${row.dimension}_difference_reason`,
      message: `${name}: the records show ${found}. Enter why it ${row.rating === 'not_rated' ? 'is left unrated' : 'is better than that'}`,
    },
  ]
}
