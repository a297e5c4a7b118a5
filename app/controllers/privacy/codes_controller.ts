import type { HttpContext } from '@adonisjs/core/http'
import { onPlatform } from '#identity/platform'
import PrivacyRequest from '#models/privacy_request'
import { redeemCode, sendCode } from '#models/privacy_request/identifying'
import { refuse } from '#models/violation'
import { noteProof } from '#controllers/privacy/proof'
import { enterCode } from '#validators/privacy_request'

const WRONG =
  'This is not the code that we sent last, or it is too old or used. Ask for another below.'

export default class CodesController {
  /** Sends another code. Says the same of a request that does not exist. */
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
    session.flash('success', 'If there is such a request, a new code is on its way.')
    return response.redirect().status(303).toPath(`/privacy/requests/${params.ref}`)
  }

  /** Takes a code in. */
  async update(ctx: HttpContext) {
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
    session.flash('success', 'Thank you. We know now that the address is yours.')
    return response.redirect().status(303).toPath(`/privacy/requests/${params.ref}`)
  }
}
