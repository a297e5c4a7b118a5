import type { HttpContext } from '@adonisjs/core/http'
import { goOn, receiveOwn } from '#controllers/account/asking'
import { onPlatform } from '#identity/platform'
import PrivacyRequest from '#models/privacy_request'
import { withdraw } from '#models/privacy_request/closing'
import { askInProduct } from '#validators/privacy_request'

export default class PrivacyRequestsController {
  async store(ctx: HttpContext) {
    const { kind, details = null } = await ctx.request.validateUsing(askInProduct)
    const asked = await onPlatform(ctx, () => receiveOwn(ctx, kind, details))
    return goOn(ctx, asked, '/profile/privacy')
  }

  /** Withdraws one's own request. */
  async destroy(ctx: HttpContext) {
    const { params, person, response, session } = ctx
    await onPlatform(ctx, async () => {
      const own = await PrivacyRequest.findOwn(person!.id, params.id)
      await withdraw(own)
    })
    session.flash('success', 'Your request was withdrawn.')
    return response.seeOther('/profile/privacy')
  }
}
