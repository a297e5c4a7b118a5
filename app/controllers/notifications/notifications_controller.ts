import type { HttpContext } from '@adonisjs/core/http'
import { inboxState } from '#pages/notifications/inbox_page'

export default class NotificationsController {
  async index({ htmx, request, viewer }: HttpContext) {
    return htmx.page('pages/notifications/index', await inboxState(viewer, request.qs()))
  }
}
