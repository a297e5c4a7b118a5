import type { HttpContext } from '@adonisjs/core/http'
import { findForStep } from '#controllers/desk/step'
import { lockVersion } from '#validators/lock_version'
import { withdraw } from '#models/privacy_request/closing'

export default class WithdrawalsController {
  async store({ params, request, response, session }: HttpContext) {
    const input = await request.validateUsing(lockVersion)
    const found = await findForStep(params.id, input.lock_version)
    await withdraw(found)
    session.flash('success', 'The request is withdrawn.')
    return response.redirect().status(303).toPath(`/admin/privacy/${found.id}`)
  }
}
