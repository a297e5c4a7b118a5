import type { HttpContext } from '@adonisjs/core/http'
import { findForStep } from '#controllers/desk/step'
import { extendRequest } from '#validators/privacy_request'
import { extend } from '#models/privacy_request/handling'

export default class ExtensionsController {
  async store({ params, request, response, session }: HttpContext) {
    const input = await request.validateUsing(extendRequest)
    const found = await findForStep(params.id, input.lock_version)
    await extend(found, input.extended_to, input.extension_reason, input.text)
    session.flash('success', 'The request is extended, and the person told.')
    return response.redirect().status(303).toPath(`/admin/privacy/${found.id}`)
  }
}
