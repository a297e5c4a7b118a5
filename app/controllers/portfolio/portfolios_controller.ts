import type { HttpContext } from '@adonisjs/core/http'
import { readPortfolioFilters, type PortfolioFilters } from '#models/portfolio/filters'
import { countOpen } from '#models/raid/escalation_list'
import PortfolioView from '#models/portfolio_view'
import { portfolioGrid } from '#pages/portfolio/grid_page'
import { viewsBar } from '#pages/portfolio/view_pages'

export default class PortfoliosController {
  /** With an address of its own the grid shows what that says; without one, the view one begins with. */
  async show(ctx: HttpContext) {
    const { htmx, viewer } = ctx
    const filters = await filtersOf(ctx)
    return htmx.page('pages/portfolio/show', {
      ...(await portfolioGrid(viewer, filters)),
      openEscalations: await countOpen(viewer),
      views: await viewsBar(viewer, filters),
      can: { manage: viewer.can('programme.manage'), create: viewer.can('project.create') },
    })
  }
}

async function filtersOf({ request, viewer }: HttpContext): Promise<PortfolioFilters> {
  const query = request.qs()
  const view = await viewNamed(query, viewer)
  return view ? { ...view.filters, from: view.id } : readPortfolioFilters(query)
}

function viewNamed(query: Record<string, unknown>, viewer: HttpContext['viewer']) {
  if (Object.keys(query).length === 0) return PortfolioView.defaultOf(viewer)
  if (!query.view || query.view === 'all') return null
  return PortfolioView.findVisible(viewer, query.view)
}
