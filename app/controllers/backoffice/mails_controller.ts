import type { HttpContext } from '@adonisjs/core/http'
import { outboxState } from '#pages/backoffice/mails_page'

export default class MailsController {
  /** What became of the mails of every organisation, without what they say. */
  async index({ htmx, request }: HttpContext) {
    return htmx.page('pages/backoffice/mails/index', await outboxState(request.qs()))
  }
}
