import type { HttpContext } from '@adonisjs/core/http'
import { portfolioExport } from '#exports/lists/portfolio'
import { readerOf, sendList } from '#exports/send_list'
import { readPortfolioFilters } from '#models/portfolio/filters'

export default class PortfolioController {
  /** The portfolio of what the person may read, as its grid is filtered. */
  show(ctx: HttpContext) {
    return sendList(ctx, portfolioExport(readerOf(ctx), readPortfolioFilters(ctx.request.qs())))
  }
}
