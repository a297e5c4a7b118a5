import type { HttpContext } from '@adonisjs/core/http'
import { findForStep } from '#controllers/desk/step'
import { onlyVersion } from '#validators/privacy_request'
import { acknowledge } from '#models/privacy_request/handling'

export default class AcknowledgementsController {
  async store({ params, request, response, session }: HttpContext) {
    const input = await request.validateUsing(onlyVersion)
    const found = await findForStep(params.id, input.lock_version)
    await acknowledge(found)
    session.flash('success', 'The receipt is acknowledged.')
    return response.redirect().status(303).toPath(`/admin/privacy/${found.id}`)
  }
}
