import type { HttpContext } from '@adonisjs/core/http'
import { findForStep } from '#controllers/desk/step'
import { refuseRequest } from '#validators/privacy_request'
import { decline } from '#models/privacy_request/closing'

export default class RefusalsController {
  async store({ params, request, response, session }: HttpContext) {
    const input = await request.validateUsing(refuseRequest)
    const found = await findForStep(params.id, input.lock_version)
    await decline(found, input.refusal_ground, input.answer)
    session.flash('success', 'The request is refused, and the person told.')
    return response.redirect().status(303).toPath(`/admin/privacy/${found.id}`)
  }
}
