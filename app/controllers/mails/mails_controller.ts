import type { HttpContext } from '@adonisjs/core/http'
import OutboxMail from '#models/outbox_mail'
import { mailListState, mailState } from '#pages/mails/mail_pages'

export default class MailsController {
  /** What became of the organisation's mails. */
  async index({ htmx, request }: HttpContext) {
    const after = request.input('after')
    return htmx.page('pages/mails/index', await mailListState(after ? String(after) : null))
  }

  async show({ htmx, params }: HttpContext) {
    const mail = await OutboxMail.findByIdOrFail(params.id)
    return htmx.page('pages/mails/show', await mailState(mail))
  }
}
