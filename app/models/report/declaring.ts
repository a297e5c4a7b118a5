import { declareRatings } from '#models/health/declaring'
import type Project from '#models/project'
import type { ReportParts } from '#models/report/parts'
import StatusReport from '#models/status_report'
import { refuseAll, violationsIn } from '#models/violation'

/**
 * The ratings of a published report become the project manager's declaration. A correction declares only while its
 * report is the latest: an older one tells how the project was, not how it is.
 */
export async function declareFrom(
  project: Project,
  report: StatusReport,
  { ratings }: ReportParts
) {
  const last = await StatusReport.latest(project)
  if (last && last.number > report.number) return
  const given = Object.fromEntries(ratings.map(({ dimension, ...rating }) => [dimension, rating]))
  try {
    await declareRatings(project, given, { by: report.submittedBy!, reportId: report.id })
  } catch (error) {
    // The records may have changed since it was submitted: then its author has more to explain.
    refuseAll(
      violationsIn(error).map(({ field, message }) => ({
        field,
        message: `Send it back: ${message}`,
      }))
    )
  }
}
