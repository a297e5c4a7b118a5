import { errors } from '@vinejs/vine'
import { declareRatings } from '#models/health/declaring'
import type Project from '#models/project'
import type { ReportParts } from '#models/report/parts'
import StatusReport from '#models/status_report'

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
  } catch (error: any) {
    if (error.code !== 'E_VALIDATION_ERROR') throw error
    throw outdated(error.messages)
  }
}

/** The records may have changed since it was submitted: then its author has more to explain. */
function outdated(messages: { field: string; message: string }[]) {
  const found = messages.map(({ field, message }) => ({
    field: field.replace(/^ratings\./, '').replaceAll('.', '_'),
    message: `Send it back: ${message}`,
    rule: 'rule',
  }))
  return new errors.E_VALIDATION_ERROR(found)
}
