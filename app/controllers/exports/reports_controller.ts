import type { HttpContext } from '@adonisjs/core/http'
import { reportList } from '#exports/lists/reports'
import { readerOf, sendList } from '#exports/send_list'

export default class ReportsController {
  /** The published reports of a project, the latest first. */
  show(ctx: HttpContext) {
    return sendList(ctx, reportList(readerOf(ctx), ctx.project))
  }
}
