import type { HttpContext } from '@adonisjs/core/http'
import { validate as isUuid } from 'uuid'
import { dismissAlert } from '#identity/alerts'
import { previousPath } from '#identity/local_path'

export default class AlertDismissalsController {
  /** Puts a notice of the platform away until the person signs in anew. */
  async store(ctx: HttpContext) {
    const { params, person, response } = ctx
    const alert = isUuid(params.id) && person!.alerts.find(({ id }) => id === params.id)
    if (alert) dismissAlert(ctx, alert.id)
    return response.redirect().status(303).toPath(previousPath(ctx, '/'))
  }
}
