import type { HttpContext } from '@adonisjs/core/http'
import { overviewExport } from '#exports/lists/report_overview'
import { readerOf, sendList } from '#exports/send_list'
import { readOverviewFilters } from '#models/report/overview/filters'

export default class ReportOverviewsController {
  /** The reporting status of all visible projects, as the list is filtered. */
  show(ctx: HttpContext) {
    const filters = readOverviewFilters(ctx.request.qs())
    return sendList(ctx, overviewExport(readerOf(ctx), filters))
  }
}
