import type { HttpContext } from '@adonisjs/core/http'
import { raidList } from '#exports/lists/raid'
import { readerOf, sendList } from '#exports/send_list'
import { readFilters } from '#models/raid/list_filters'

export default class ExportsController {
  /** The entries of one project, or of all visible ones, as the list is filtered. */
  show(ctx: HttpContext) {
    const filters = readFilters(ctx.request.qs())
    return sendList(ctx, raidList(readerOf(ctx), filters, ctx.project))
  }
}
