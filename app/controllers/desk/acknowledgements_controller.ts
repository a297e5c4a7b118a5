import type { HttpContext } from '@adonisjs/core/http'
import { findForStep } from '#controllers/desk/step'
import { lockVersion } from '#validators/lock_version'
import { acknowledge } from '#models/privacy_request/handling'

export default class AcknowledgementsController {
  async store({ params, request, response, session }: HttpContext) {
    const input = await request.validateUsing(lockVersion)
    const found = await findForStep(params.id, input.lock_version)
    await acknowledge(found)
    session.flash('success', 'The receipt is acknowledged.')
    return response.redirect().status(303).toPath(`/admin/privacy/${found.id}`)
  }
}
