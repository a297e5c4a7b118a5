import type { HttpContext } from '@adonisjs/core/http'
import { backTo, findForStep } from '#controllers/desk/step'
import { extendRequest } from '#validators/privacy_request'
import { extend } from '#models/privacy_request/handling'

export default class ExtensionsController {
  async store(ctx: HttpContext) {
    const { params, request } = ctx
    const input = await request.validateUsing(extendRequest)
    const found = await findForStep(params.id, input.lock_version)
    await extend(found, input.extended_to, input.extension_reason, input.text)
    return backTo(found, ctx, 'The request was extended, and the person told.')
  }
}
