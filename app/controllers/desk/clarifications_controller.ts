import type { HttpContext } from '@adonisjs/core/http'
import { findForStep } from '#controllers/desk/step'
import { writeText } from '#validators/privacy_request'
import { askBack } from '#models/privacy_request/handling'

export default class ClarificationsController {
  async store({ params, request, response, session }: HttpContext) {
    const input = await request.validateUsing(writeText)
    const found = await findForStep(params.id, input.lock_version)
    await askBack(found, input.text)
    session.flash('success', 'The question is on its way.')
    return response.redirect().status(303).toPath(`/admin/privacy/${found.id}`)
  }
}
