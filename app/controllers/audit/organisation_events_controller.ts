import type { HttpContext } from '@adonisjs/core/http'
import { recordViewing } from '#audit/reading'
import { auditPage } from '#pages/audit/list_page'
import { auditQuery } from '#validators/audit'

export default class OrganisationEventsController {
  async index({ htmx, request, viewer }: HttpContext) {
    const state = await auditPage({}, auditQuery(request.qs()), viewer)
    await recordViewing(viewer)
    return htmx.page('pages/audit_events/index', state)
  }
}
