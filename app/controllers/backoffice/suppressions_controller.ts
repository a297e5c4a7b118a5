import type { HttpContext } from '@adonisjs/core/http'
import { countSuppressions, liftSuppression } from '#mails/suppressions'
import { refuse } from '#models/violation'
import { suppressionsState } from '#pages/backoffice/mails_page'
import { liftedAddress } from '#validators/suppression'

export default class SuppressionsController {
  /** How many addresses are not written to. No one can read which ones. */
  async index({ htmx }: HttpContext) {
    const state = suppressionsState(await countSuppressions())
    return htmx.page('pages/backoffice/mails/suppressions', state)
  }

  async destroy({ request, response, session }: HttpContext) {
    const { email } = await request.validateUsing(liftedAddress)
    if (!(await liftSuppression(email))) refuse('email', 'Emails to this address are not held back')
    session.flash('success', 'Emails can be sent to this address again.')
    return response.seeOther('/admin/suppressions')
  }
}
