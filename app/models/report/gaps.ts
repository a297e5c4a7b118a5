import type { ComputedHealth, ComputedRating } from '#models/health/computed'
import { dimensions, isRosier, ratings } from '#models/health/enumerations'
import { unexplained } from '#models/health/explaining'
import type { ReportParts, ReportRating } from '#models/report/parts'
import type StatusReport from '#models/status_report'
import type { Violation } from '#models/violation'

/** What a report lacks before it can be submitted: a draft may lack it. */
export function gapsIn(
  report: StatusReport,
  { ratings: said }: ReportParts,
  computed: Partial<ComputedHealth>
): Violation[] {
  return [
    ...(report.summary ? [] : [{ field: 'summary', message: 'Enter a summary' }]),
    ...said.flatMap((row) => [...gapsOf(row), ...rosier(row, computed[row.dimension])]),
  ]
}

function gapsOf(row: ReportRating): Violation[] {
  if (row.dimension !== 'overall' || row.rating !== 'not_rated') return unexplained(row)
  const message = 'Choose an overall rating. Only other dimensions can be left unrated'
  return [{ field: 'overall_rating', message }]
}

function rosier(row: ReportRating, computed: ComputedRating | undefined): Violation[] {
  if (!computed || row.differenceReason || !isRosier(row.rating, computed.rating)) return []
  const [name, found] = [dimensions[row.dimension], ratings[computed.rating].toLowerCase()]
  const what = row.rating === 'not_rated' ? 'is left unrated' : 'is better than that'
  return [
    {
      field: `${row.dimension}_difference_reason`,
      message: `${name}: the records show ${found}. Enter why it ${what}`,
    },
  ]
}
