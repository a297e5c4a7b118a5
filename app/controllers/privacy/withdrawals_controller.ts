import { errors } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { isProved } from '#controllers/privacy/proof'
import { onPlatform } from '#identity/platform'
import PrivacyRequest from '#models/privacy_request'
import { withdraw } from '#models/privacy_request/closing'

export default class WithdrawalsController {
  /** Withdraws a request, for the person who entered its code. */
  async store(ctx: HttpContext) {
    const { params, request, response, session } = ctx
    if (!isProved(ctx, params.ref)) {
      throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    }
    await onPlatform(
      ctx,
      async () => {
        const found = await PrivacyRequest.findByRef(params.ref)
        if (found) await withdraw(found)
      },
      'visitor'
    )
    session.flash('success', 'Your request was withdrawn.')
    return response.seeOther(`/privacy/requests/${params.ref}`)
  }
}
