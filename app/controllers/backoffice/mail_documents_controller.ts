import type { HttpContext } from '@adonisjs/core/http'
import { namedTemplate } from '#controllers/backoffice/named_template'
import { renderSample } from '#mails/samples'

/** A mail contains its own styles; nothing else in it may run or load, whatever frame shows it. */
const CONFINED = `default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox`

export default class MailDocumentsController {
  /** The HTML of a mail as a mail program receives it, for the frame of its preview. */
  async show(ctx: HttpContext) {
    const { html } = await renderSample(namedTemplate(ctx))
    return ctx.response
      .header('content-security-policy', CONFINED)
      .header('x-frame-options', 'SAMEORIGIN')
      .header('content-type', 'text/html; charset=utf-8')
      .send(html)
  }
}
