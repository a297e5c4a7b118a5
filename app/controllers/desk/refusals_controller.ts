import type { HttpContext } from '@adonisjs/core/http'
import { backTo, findForStep } from '#controllers/desk/step'
import { refuseRequest } from '#validators/privacy_request'
import { decline } from '#models/privacy_request/closing'

export default class RefusalsController {
  async store(ctx: HttpContext) {
    const { params, request } = ctx
    const input = await request.validateUsing(refuseRequest)
    const found = await findForStep(params.id, input.lock_version)
    await decline(found, input.refusal_ground, input.answer)
    return backTo(found, ctx, 'The request was refused, and the person told.')
  }
}
