import string from '@adonisjs/core/helpers/string'
import type { HttpContext } from '@adonisjs/core/http'
import GateDefaults from '#models/gate_defaults'
import { DECISIONS, type ReportValues } from '#models/report/values'
import StatusReport from '#models/status_report'
import { assigneeChoices } from '#models/task/assignees'
import { refuse } from '#models/violation'
import StatusReportPolicy from '#policies/status_report_policy'
import { updateReport } from '#validators/report'

/** The report in the address, if the viewer may read it. */
export function reportOf({ params, project, viewer }: HttpContext) {
  return StatusReport.findVisible(project, viewer, params.id)
}

/** The validated form of a report. */
export async function reportInput(ctx: HttpContext) {
  const input = await ctx.request.validateUsing(updateReport)
  const { lock_version: version, then = 'save', ...fields } = input
  const entries = Object.entries(fields as Record<string, string | null>)
  const values: ReportValues = Object.fromEntries(
    entries.map(([name, value]) => [string.camelCase(name), value || null])
  )
  await refuseStrangeDecisions(ctx, values)
  return { values, version, then }
}

/** A decision that is asked for must be described, and asked of someone who can read the report. */
async function refuseStrangeDecisions({ project }: HttpContext, values: ReportValues) {
  const { members } = await assigneeChoices(project, { outside: false })
  for (const place of DECISIONS) {
    const [what, owner, due] = ['What', 'OwnerId', 'DueOn'].map(
      (part) => values[`decision${place}${part}`]
    )
    if (!what && (owner || due)) refuse(`decision_${place}_what`, 'Enter what needs to be decided')
    if (owner && !members.some(({ id }) => id === owner)) {
      refuse(`decision_${place}_owner_id`, 'Choose a member who can see this project')
    }
  }
}

/** Throws unless the viewer publishes reports of this project. */
export async function authorizePublishing({ bouncer, project }: HttpContext) {
  const defaults = await GateDefaults.current()
  await bouncer.with(StatusReportPolicy).authorize('publish', project, defaults)
}

/** On to a page of the project's reports, with a message. */
export function toReports(
  { project, response, session }: HttpContext,
  message: string | null,
  rest = ''
) {
  if (message) session.flash('success', message)
  return response.seeOther(`/projects/${project.id}/reports${rest}`)
}
