import type { HttpContext } from '@adonisjs/core/http'
import { backTo, findForStep } from '#controllers/desk/step'
import { lockVersion } from '#validators/lock_version'
import { withdraw } from '#models/privacy_request/closing'

export default class WithdrawalsController {
  async store(ctx: HttpContext) {
    const { params, request } = ctx
    const input = await request.validateUsing(lockVersion)
    const found = await findForStep(params.id, input.lock_version)
    await withdraw(found)
    return backTo(found, ctx, 'The request was withdrawn.')
  }
}
