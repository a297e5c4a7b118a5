import { errors } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { backTo } from '#controllers/desk/step'
import PersonFlag, { flagNames, type Flag } from '#models/person_flag'
import PrivacyRequest from '#models/privacy_request'

export default class FlagsController {
  /** Raises a restriction or objection of the person who asks. */
  async update(ctx: HttpContext) {
    const { found, userId, flag } = await subject(ctx)
    await PersonFlag.raise(userId, flag, { setBy: 'desk', requestId: found.id })
    return backTo(found, ctx, 'This use of the data is now switched off for this person.')
  }

  async destroy(ctx: HttpContext) {
    const { found, userId, flag } = await subject(ctx)
    await PersonFlag.lift(userId, flag)
    return backTo(found, ctx, 'This use of the data is allowed again.')
  }
}

async function subject({ params, request }: HttpContext) {
  const found = await PrivacyRequest.findById(params.id)
  if (found.userId && flagNames.includes(params.flag)) {
    return { found, userId: found.userId, flag: params.flag as Flag }
  }
  throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
}
