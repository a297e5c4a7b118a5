import type { HttpContext } from '@adonisjs/core/http'
import { recordExport } from '#audit/reading'
import { auditColumns, auditLines, exportEnd } from '#exports/audit_csv'
import { sendCsv } from '#exports/csv_stream'
import { auditQuery } from '#validators/audit'

export default class ExportsController {
  /** The trail of one project, or of the organisation, as filtered on its page. */
  async show({ project, request, response, viewer }: HttpContext) {
    const { before, after, ...filters } = auditQuery(request.qs())
    const lines = auditLines(
      {
        tenant: {
          organisationId: viewer.organisation.id,
          userId: viewer.userId,
          requestId: request.id() ?? null,
        },
        ability: project ? 'audit.export' : 'audit.read.organisation',
        projectId: project?.id ?? null,
        filters,
      },
      await exportEnd()
    )
    await recordExport(viewer, filters, project)
    return sendCsv(response, `${project?.code ?? 'organisation'}-audit`, auditColumns, lines)
  }
}
