import type { HttpContext } from '@adonisjs/core/http'
import { namedTemplate } from '#controllers/backoffice/named_template'
import { renderSample } from '#mails/samples'
import { templates } from '#mails/templates'
import { templateListState, templateState } from '#pages/backoffice/mails_page'

export default class MailTemplatesController {
  /** Every kind of mail that the product can send. */
  index({ htmx }: HttpContext) {
    return htmx.page('pages/backoffice/mail_templates/index', templateListState(templates))
  }

  async show(ctx: HttpContext) {
    const name = namedTemplate(ctx)
    const { subject, text } = await renderSample(name)
    const state = templateState(name, { subject, text })
    return ctx.htmx.page('pages/backoffice/mail_templates/show', state)
  }
}
