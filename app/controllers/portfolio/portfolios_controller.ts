import type { HttpContext } from '@adonisjs/core/http'
import { readPortfolioFilters } from '#models/portfolio/filters'
import { portfolioGrid } from '#pages/portfolio/grid_page'

export default class PortfoliosController {
  async show({ htmx, request, viewer }: HttpContext) {
    const filters = readPortfolioFilters(request.qs())
    return htmx.page('pages/portfolio/show', {
      ...(await portfolioGrid(viewer, filters)),
      can: { manage: viewer.can('programme.manage'), create: viewer.can('project.create') },
    })
  }
}
