import type { HttpContext } from '@adonisjs/core/http'
import { validate as isUuid } from 'uuid'
import { announcements, dismissAlert } from '#identity/alerts'
import { previousPath } from '#identity/local_path'

export default class AlertDismissalsController {
  /** Puts a notice of the platform away until the person signs in anew; for visitors, while they are here. */
  async store(ctx: HttpContext) {
    const { params, person, response } = ctx
    const alerts = person ? person.alerts : await announcements()
    const alert = isUuid(params.id) && alerts.find(({ id }) => id === params.id)
    if (alert) dismissAlert(ctx, alert.id)
    return response.seeOther(previousPath(ctx, '/'))
  }
}
