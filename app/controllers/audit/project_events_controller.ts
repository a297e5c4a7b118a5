import type { HttpContext } from '@adonisjs/core/http'
import { recordViewing } from '#audit/reading'
import { auditPage } from '#pages/audit/list_page'
import { auditQuery } from '#validators/audit'

export default class ProjectEventsController {
  async index({ htmx, project, request, viewer }: HttpContext) {
    const state = await auditPage({ project }, auditQuery(request.qs()), viewer)
    await recordViewing(viewer, project)
    return htmx.page('pages/audit_events/index', state)
  }
}
