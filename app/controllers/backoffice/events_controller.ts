import type { HttpContext } from '@adonisjs/core/http'
import { recordPlatformViewing } from '#audit/reading'
import { platformTrailState } from '#pages/backoffice/trail_page'
import { auditQuery } from '#validators/audit'

export default class EventsController {
  /** What was done on the platform itself. */
  async index({ htmx, person, request }: HttpContext) {
    const { before, after } = auditQuery(request.qs())
    const shown = request.input('shown') === 'all' ? 'all' : 'staff'
    const state = await platformTrailState(shown, { before, after })
    await recordPlatformViewing(person!.id)
    return htmx.page('pages/backoffice/events', state)
  }
}
