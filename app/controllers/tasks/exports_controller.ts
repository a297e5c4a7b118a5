import type { HttpContext } from '@adonisjs/core/http'
import { taskList } from '#exports/lists/tasks'
import { readerOf, sendList } from '#exports/send_list'
import { readTaskFilters } from '#models/task/list_filters'

export default class ExportsController {
  /** The tasks of one project, or of all that are visible, as the list is filtered. */
  show(ctx: HttpContext) {
    const filters = readTaskFilters(ctx.request.qs())
    return sendList(ctx, taskList(readerOf(ctx), filters, ctx.project))
  }
}
