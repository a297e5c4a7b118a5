import type { HttpContext } from '@adonisjs/core/http'
import { namedTemplate } from '#controllers/backoffice/named_template'
import { templateListState, templateState } from '#pages/backoffice/mails_page'

export default class MailTemplatesController {
  /** Every kind of mail that the product can send. */
  index({ htmx }: HttpContext) {
    return htmx.page('pages/backoffice/mail_templates/index', templateListState())
  }

  async show(ctx: HttpContext) {
    const state = await templateState(namedTemplate(ctx))
    return ctx.htmx.page('pages/backoffice/mail_templates/show', state)
  }
}
