import type { HttpContext } from '@adonisjs/core/http'
import { findForStep } from '#controllers/desk/step'
import { establishIdentity as established } from '#validators/privacy_request'
import { establishIdentity } from '#models/privacy_request/identifying'

export default class IdentitiesController {
  async store({ params, request, response, session }: HttpContext) {
    const input = await request.validateUsing(established)
    const found = await findForStep(params.id, input.lock_version)
    await establishIdentity(found, input.identity_method)
    session.flash('success', 'It is noted who asks.')
    return response.redirect().status(303).toPath(`/admin/privacy/${found.id}`)
  }
}
