import type { HttpContext } from '@adonisjs/core/http'
import { callColumns, callLines } from '#exports/assistant_csv'
import { sendCsv } from '#exports/csv_stream'
import { monthOf } from '#models/assistant/usage'
import { usageState } from '#pages/assistant/usage_page'

export default class AssistantUsageController {
  /** The organisation's use of the assistant in a month, and its cost. */
  async show({ htmx, request, viewer }: HttpContext) {
    return htmx.page('pages/settings/assistant_usage', await usageState(viewer, request.qs().month))
  }

  /** Every call of the month, without what was said. */
  async export({ request, response, viewer }: HttpContext) {
    const { id: organisationId } = viewer.organisation
    const tenant = { organisationId, userId: viewer.userId, requestId: request.id() ?? null }
    const month = monthOf(request.qs().month)
    return sendCsv(response, `assistant-${month.key}`, callColumns, callLines(tenant, month))
  }
}
