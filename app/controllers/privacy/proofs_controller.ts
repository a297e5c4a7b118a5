import type { HttpContext } from '@adonisjs/core/http'
import { noteProof } from '#controllers/privacy/proof'
import { onPlatform } from '#identity/platform'
import PrivacyRequest from '#models/privacy_request'
import { redeemCode } from '#models/privacy_request/identifying'
import { refuse } from '#models/violation'
import { enterCode } from '#validators/privacy_request'

const WRONG = 'This is not the latest code, or it has expired or been used. Send a new code below.'

export default class ProofsController {
  /** Receives a code, which proves whose request it is. */
  async store(ctx: HttpContext) {
    const { params, request, response, session } = ctx
    const { code } = await request.validateUsing(enterCode)
    const isRight = await onPlatform(
      ctx,
      async () => {
        const found = await PrivacyRequest.findByRef(String(params.ref))
        return found !== null && redeemCode(found, code)
      },
      'visitor'
    )
    if (!isRight) refuse('code', WRONG)
    noteProof(ctx, params.ref)
    session.flash('success', 'Thank you. We have confirmed that the address is yours.')
    return response.seeOther(`/privacy/requests/${params.ref}`)
  }
}
