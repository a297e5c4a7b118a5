import type { KindForm } from '#controllers/assistant/kinds/form'
import { reportDraft } from '#assistant/kinds/report_draft'
import StatusReport from '#models/status_report'
import { refuse } from '#models/violation'
import { reportDraftState } from '#pages/assistant/report_draft_page'
import type { HttpContext } from '@adonisjs/core/http'

/** The draft of a status report. */
export const report: KindForm<StatusReport> = {
  kind: reportDraft,
  template: 'pages/assistant/report_draft',
  path: ({ params, project }) => `/projects/${project.id}/assistant/reports/${params.report_id}`,
  about: async (ctx) => {
    const found = await reportOf(ctx)
    if (!found.isDraft)
      refuse('report', 'The report has been submitted. Return it to draft to change it.')
    return found
  },
  state: async (ctx) => reportDraftState(ctx.project, ctx.viewer, await reportOf(ctx)),
}

function reportOf({ params, project, viewer }: HttpContext) {
  return StatusReport.findVisible(project, viewer, params.report_id)
}
