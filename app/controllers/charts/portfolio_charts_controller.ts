import { validate as isUuid } from 'uuid'
import type { HttpContext } from '@adonisjs/core/http'
import { portfolioCharts } from '#pages/charts/chart_pages'

export default class PortfolioChartsController {
  async show({ htmx, request, viewer }: HttpContext) {
    const { programme } = request.qs()
    const programmeId = isUuid(programme) ? programme : null
    return htmx.page('pages/charts/portfolio', await portfolioCharts(viewer, programmeId))
  }
}
