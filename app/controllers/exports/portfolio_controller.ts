import type { HttpContext } from '@adonisjs/core/http'
import { portfolioExport } from '#exports/lists/portfolio'
import { readerOf, sendList } from '#exports/send_list'
import { readPortfolioFilters } from '#models/portfolio/filters'

export default class PortfolioController {
  /** The portfolio as far as the person may read it, as its grid is filtered. */
  show(ctx: HttpContext) {
    return sendList(ctx, portfolioExport(readerOf(ctx), readPortfolioFilters(ctx.request.qs())))
  }
}
