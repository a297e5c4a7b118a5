import type { HttpContext } from '@adonisjs/core/http'
import { gateCalendar } from '#exports/lists/gate_calendar'
import { readerOf, sendList } from '#exports/send_list'
import { readCalendarFilters } from '#models/gate/calendar'

export default class GateCalendarsController {
  /** The gates of all visible projects, for the months and filters of their page. */
  show(ctx: HttpContext) {
    return sendList(ctx, gateCalendar(readerOf(ctx), readCalendarFilters(ctx.request.qs())))
  }
}
