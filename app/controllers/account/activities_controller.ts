import type { HttpContext } from '@adonisjs/core/http'
import { activityState } from '#pages/account/activity_page'
import { auditQuery } from '#validators/audit'

export default class ActivitiesController {
  /**
   * What the person did in the active organisation. Reading it is not an event: it shows only what they did themselves,
   * and each reading would add one more line to it.
   */
  async index({ htmx, request, viewer }: HttpContext) {
    const { before, after } = auditQuery(request.qs())
    return htmx.page('pages/account/activity', await activityState(viewer, { before, after }))
  }
}
