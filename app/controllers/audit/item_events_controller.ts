import type { HttpContext } from '@adonisjs/core/http'
import { validate as isUuid } from 'uuid'
import { recordViewing } from '#audit/reading'
import RaidItem from '#models/raid_item'
import { auditPage } from '#pages/audit/list_page'
import { auditQuery } from '#validators/audit'

export default class ItemEventsController {
  async index({ htmx, params, project, request, viewer }: HttpContext) {
    const id = isUuid(params.id) ? params.id : null
    const item = await RaidItem.visibleIn(project, viewer).where('id', id).firstOrFail()
    item.refersTo(project)
    const state = await auditPage({ project, item }, auditQuery(request.qs()), viewer)
    await recordViewing(viewer, project)
    return htmx.page('pages/audit_events/index', state)
  }
}
