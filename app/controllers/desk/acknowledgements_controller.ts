import type { HttpContext } from '@adonisjs/core/http'
import { backTo, findForStep } from '#controllers/desk/step'
import { lockVersion } from '#validators/lock_version'
import { acknowledge } from '#models/privacy_request/handling'

export default class AcknowledgementsController {
  async store(ctx: HttpContext) {
    const { params, request } = ctx
    const input = await request.validateUsing(lockVersion)
    const found = await findForStep(params.id, input.lock_version)
    await acknowledge(found)
    return backTo(found, ctx, 'The receipt was acknowledged.')
  }
}
