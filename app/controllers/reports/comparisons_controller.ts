import type { HttpContext } from '@adonisjs/core/http'
import StatusReport from '#models/status_report'
import { reportComparisonState } from '#pages/reports/comparison_page'

export default class ComparisonsController {
  /** Two published reports side by side: the last two unless the address names others. */
  async show({ htmx, project, request, viewer }: HttpContext) {
    const { one, other } = request.qs()
    const reports = await StatusReport.published(project)
    const state = await reportComparisonState(project, reports, { one, other }, viewer)
    return htmx.page('pages/reports/comparison', state)
  }
}
