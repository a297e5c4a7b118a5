import type { HttpContext } from '@adonisjs/core/http'
import { escalationExport } from '#exports/lists/escalations'
import { readerOf, sendList } from '#exports/send_list'
import { readEscalationFilters } from '#models/raid/escalation_filters'

export default class EscalationsController {
  /** The escalated entries of all visible projects, as the list is filtered. */
  show(ctx: HttpContext) {
    const filters = readEscalationFilters(ctx.request.qs())
    return sendList(ctx, escalationExport(readerOf(ctx), filters))
  }
}
