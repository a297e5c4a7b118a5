import { errors } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { onPlatform } from '#identity/platform'
import PersonFlag, { flagNames, type Flag } from '#models/person_flag'

export default class PrivacyFlagsController {
  /** Raises one's own restriction or objection. It takes effect from the next request on. */
  async update(ctx: HttpContext) {
    const flag = flagOf(ctx)
    await onPlatform(ctx, () => PersonFlag.raise(ctx.person!.id, flag, { setBy: 'person' }))
    return done(ctx, 'This use of your data is now switched off.')
  }

  async destroy(ctx: HttpContext) {
    const flag = flagOf(ctx)
    await onPlatform(ctx, () => PersonFlag.lift(ctx.person!.id, flag))
    return done(ctx, 'This use of your data is allowed again.')
  }
}

function flagOf({ params, request }: HttpContext): Flag {
  if (flagNames.includes(params.flag)) return params.flag
  throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
}

function done({ response, session }: HttpContext, message: string) {
  session.flash('success', message)
  return response.seeOther('/profile/privacy')
}
