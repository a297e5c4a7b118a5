import type { HttpContext } from '@adonisjs/core/http'
import { validate as isUuid } from 'uuid'
import { announcements, dismissAlert } from '#identity/alerts'
import { previousPath } from '#identity/local_path'

export default class AlertDismissalsController {
  /** Hides a notice of the platform until the person signs in again; for visitors, for this session. */
  async store(ctx: HttpContext) {
    const { params, person, response } = ctx
    const alerts = person ? person.alerts : await announcements()
    const alert = isUuid(params.id) && alerts.find(({ id }) => id === params.id)
    if (alert) dismissAlert(ctx, alert.id)
    return response.seeOther(previousPath(ctx, '/'))
  }
}
