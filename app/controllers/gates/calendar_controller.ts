import type { HttpContext } from '@adonisjs/core/http'
import { gateCalendarState } from '#pages/gates/calendar_page'

export default class CalendarController {
  async index({ htmx, request, viewer }: HttpContext) {
    return htmx.page('pages/gates/calendar', await gateCalendarState(viewer, request.qs()))
  }
}
