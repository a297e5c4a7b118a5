import type { HttpContext } from '@adonisjs/core/http'
import { sendCsv } from '#exports/csv_stream'
import { taskColumns, taskLines } from '#exports/task_csv'
import { readTaskFilters } from '#models/task/list_filters'

export default class ExportsController {
  /** The tasks of one project, or of all that are visible, as the list is filtered. */
  show({ project, request, response, viewer }: HttpContext) {
    const tenant = {
      organisationId: viewer.organisation.id,
      userId: viewer.userId,
      requestId: request.id() ?? null,
    }
    const lines = taskLines(tenant, readTaskFilters(request.qs()), project?.id ?? null)
    const name = [project?.code, 'tasks'].filter(Boolean).join('-')
    return sendCsv(response, name, taskColumns, lines)
  }
}
