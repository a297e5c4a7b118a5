import type { HttpContext } from '@adonisjs/core/http'
import { findForStep } from '#controllers/desk/step'
import { nameRecipient } from '#validators/privacy_request'

export default class RecipientsController {
  async store({ params, request, response, session }: HttpContext) {
    const input = await request.validateUsing(nameRecipient)
    const found = await findForStep(params.id, input.lock_version)
    await found.inform(input.recipient, input.outcome)
    session.flash('success', 'The recipient is noted.')
    return response.redirect().status(303).toPath(`/admin/privacy/${found.id}`)
  }
}
