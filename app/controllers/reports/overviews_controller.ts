import type { HttpContext } from '@adonisjs/core/http'
import { shownFilters } from '#controllers/saved_views/shown'
import {
  isNarrowed,
  isUsualOrder,
  overviewQuery,
  readOverviewFilters,
  type OverviewFilters,
} from '#models/report/overview/filters'
import { overviewFiltersIn } from '#models/report/overview/kept'
import { overviewState } from '#pages/reports/overview_page'
import { viewsBar } from '#pages/saved_views/pages'

export default class OverviewsController {
  /** The reporting status of every project that the viewer may see. */
  async index(ctx: HttpContext) {
    const { htmx, viewer } = ctx
    const reading = { read: readOverviewFilters, kept: overviewFiltersIn }
    const filters = await shownFilters(ctx, 'reports', reading)
    return htmx.page('pages/reports/overview', {
      list: await overviewState(viewer, filters),
      views: await viewsBar(viewer, 'reports', shownBy(filters)),
    })
  }
}

function shownBy(filters: OverviewFilters) {
  return {
    query: overviewQuery(filters, { from: null }).slice(1),
    from: filters.from,
    isPlain: !isNarrowed(filters) && isUsualOrder(filters),
  }
}
