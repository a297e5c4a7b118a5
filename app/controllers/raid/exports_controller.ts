import type { HttpContext } from '@adonisjs/core/http'
import { sendCsv } from '#exports/csv_stream'
import { raidColumns, raidLines } from '#exports/raid_csv'
import { readFilters } from '#models/raid/list_filters'

export default class ExportsController {
  /** The list of one project, or of all that are visible, as it is filtered. */
  show({ project, request, response, viewer }: HttpContext) {
    const filters = readFilters(request.qs())
    const tenant = {
      organisationId: viewer.organisation.id,
      userId: viewer.userId,
      requestId: request.id() ?? null,
    }
    const lines = raidLines(tenant, filters, project?.id ?? null)
    const name = [project?.code, filters.type].filter(Boolean).join('-')
    return sendCsv(response, name, raidColumns(filters.type), lines)
  }
}
