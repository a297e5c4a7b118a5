import type { HttpContext } from '@adonisjs/core/http'
import { backTo, findForStep } from '#controllers/desk/step'
import { establishIdentity } from '#validators/privacy_request'
import { identify } from '#models/privacy_request/identifying'

export default class IdentitiesController {
  async store(ctx: HttpContext) {
    const { params, request } = ctx
    const input = await request.validateUsing(establishIdentity)
    const found = await findForStep(params.id, input.lock_version)
    await identify(found, input.identity_method)
    return backTo(found, ctx, 'The person’s identity was confirmed.')
  }
}
