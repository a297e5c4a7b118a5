import type { HttpContext } from '@adonisjs/core/http'
import { validate as isUuid } from 'uuid'
import { retryMail } from '#mails/retry'

export default class MailAttemptsController {
  /** Sends a failed mail once more. */
  async store({ params, response, session }: HttpContext) {
    const isQueued = isUuid(params.id) && (await retryMail(params.id))
    if (isQueued) session.flash('success', 'The email will be sent again.')
    else
      session.flash(
        'error',
        'This email is no longer listed as failed, or its content has been removed.'
      )
    return response.seeOther('/admin/mails')
  }
}
