import type { HttpContext } from '@adonisjs/core/http'
import { shownFilters } from '#controllers/saved_views/shown'
import {
  portfolioQuery,
  readPortfolioFilters,
  type PortfolioFilters,
} from '#models/portfolio/filters'
import { filtersIn } from '#models/portfolio/kept'
import { countOpen } from '#models/raid/escalation_list'
import { portfolioGrid } from '#pages/portfolio/grid_page'
import { viewsBar } from '#pages/saved_views/pages'

export default class PortfoliosController {
  /** Shows what the address asks for; without a query, the viewer's default view. */
  async show(ctx: HttpContext) {
    const { htmx, viewer } = ctx
    const filters = await shownFilters(ctx, 'portfolio', {
      read: readPortfolioFilters,
      kept: filtersIn,
    })
    return htmx.page('pages/portfolio/show', {
      ...(await portfolioGrid(viewer, filters)),
      openEscalations: await countOpen(viewer),
      views: await viewsBar(viewer, 'portfolio', shownBy(filters)),
      can: { manage: viewer.can('programme.manage'), create: viewer.can('project.create') },
    })
  }
}

function shownBy(filters: PortfolioFilters) {
  const query = portfolioQuery({ ...filters, from: null, after: null, before: null })
  return { query, from: filters.from, isPlain: query === '' }
}
