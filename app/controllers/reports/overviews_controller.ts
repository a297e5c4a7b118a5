import type { HttpContext } from '@adonisjs/core/http'
import { readOverviewFilters } from '#models/report/overview/filters'
import { overviewState } from '#pages/reports/overview_page'

export default class OverviewsController {
  /** How every project that the viewer may see stands with its reports. */
  async index({ htmx, request, viewer }: HttpContext) {
    const list = await overviewState(viewer, readOverviewFilters(request.qs()))
    return htmx.page('pages/reports/overview', { list })
  }
}
