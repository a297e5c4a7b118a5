import string from '@adonisjs/core/helpers/string'
import type { HttpContext } from '@adonisjs/core/http'
import { NIL } from 'uuid'
import AiProposal from '#models/ai_proposal'
import { saveDraft } from '#models/report/drafting'
import { partsOf } from '#models/report/parts'
import { valuesOf } from '#models/report/values'
import { StaleRecord } from '#models/saving/stale_record'
import StatusReport from '#models/status_report'
import { refuse } from '#models/violation'
import { readProposal } from '#pages/assistant/latest'
import { proposedText } from '#pages/assistant/report_draft_page'
import Tenancy from '#tenancy/tenancy'
import { acceptField } from '#validators/assistant'

export default class FieldsController {
  /** Copies what was drafted for one field, as the person left it, into their draft of the report. */
  async store({ params, project, request, response, session, viewer }: HttpContext) {
    const proposal = await AiProposal.findOpen(project, viewer, 'report_field', params.id)
    const { asked, content, links } = await readProposal(project, viewer, proposal)
    const about = asked.contextManifest?.about?.id ?? NIL
    const report = await StatusReport.findVisible(project, viewer, about)
    const field = String(content.field)
    const { lock_version: version, [field]: text } = await request.validateUsing(acceptField(field))
    Tenancy.withAssistant()
    const values = valuesOf(report, await partsOf(report))
    await save(report, { ...values, [string.camelCase(field)]: text || null }, { version, field })
    const proposed = proposedText(content, links).lines.join('\n')
    await proposal.accept({}, { isEdited: text !== proposed })
    session.flash('success', `The text was added to the draft of ${report.ref}.`)
    const page = `/projects/${project.id}/assistant/reports/${report.id}`
    return response.seeOther(page)
  }
}

type Saved = { version: number; field: string }

async function save(
  report: StatusReport,
  values: ReturnType<typeof valuesOf>,
  { version, field }: Saved
) {
  try {
    await saveDraft(report, values, version)
  } catch (error) {
    if (!(error instanceof StaleRecord)) throw error
    refuse(field, 'The report has changed. Compare it again.')
  }
}
