import type { HttpContext } from '@adonisjs/core/http'
import { validate as isUuid } from 'uuid'
import { retryMail } from '#mails/retry'

export default class MailAttemptsController {
  /** Sends a failed mail once more. */
  async store({ params, response, session }: HttpContext) {
    const isQueued = isUuid(params.id) && (await retryMail(params.id))
    if (isQueued) session.flash('success', 'The mail waits to be sent again.')
    else
      session.flash(
        'error',
        'This mail is not among the failed ones any more, or its content is gone.'
      )
    return response.redirect().status(303).toPath('/admin/mails')
  }
}
