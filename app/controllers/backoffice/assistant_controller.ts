import type { HttpContext } from '@adonisjs/core/http'
import { platformColumns } from '#exports/assistant_csv'
import { sendCsv } from '#exports/csv_stream'
import { monthOf, platformUsage } from '#models/assistant/usage'
import { platformUsageState } from '#pages/assistant/usage_page'

export default class AssistantController {
  /** Each organisation's use of the assistant, without who asked what. */
  async show({ htmx, request }: HttpContext) {
    return htmx.page('pages/backoffice/assistant', await platformUsageState(request.qs().month))
  }

  async export({ request, response }: HttpContext) {
    const month = monthOf(request.qs().month)
    const rows = await platformUsage(month)
    return sendCsv(response, `assistant-${month.key}`, platformColumns, only(rows))
  }
}

async function* only<Row>(rows: Row[]) {
  yield rows
}
