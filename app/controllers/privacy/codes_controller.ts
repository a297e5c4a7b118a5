import type { HttpContext } from '@adonisjs/core/http'
import { onPlatform } from '#identity/platform'
import PrivacyRequest from '#models/privacy_request'
import { sendCode } from '#models/privacy_request/identifying'

export default class CodesController {
  /** Sends another code. The answer is the same for a request that does not exist. */
  async store(ctx: HttpContext) {
    const { params, response, session } = ctx
    await onPlatform(
      ctx,
      async () => {
        const found = await PrivacyRequest.findByRef(String(params.ref))
        if (found) await sendCode(found)
      },
      'visitor'
    )
    session.flash('success', 'If that request exists, we have sent a new code.')
    return response.seeOther(`/privacy/requests/${params.ref}`)
  }
}
