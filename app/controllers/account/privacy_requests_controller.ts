import type { HttpContext } from '@adonisjs/core/http'
import { isFresh } from '#identity/fresh_session'
import { onPlatform } from '#identity/platform'
import PrivacyRequest from '#models/privacy_request'
import { withdraw } from '#models/privacy_request/closing'
import { sendCode, verifyIdentity } from '#models/privacy_request/identifying'
import { receiveRequest } from '#models/privacy_request/receiving'
import { askInProduct } from '#validators/privacy_request'

export default class PrivacyRequestsController {
  /** Takes a request in. A session that began within the hour says who asks; else a mailed code does. */
  async store(ctx: HttpContext) {
    const { person, request, response, session } = ctx
    const { kind, details = null } = await request.validateUsing(askInProduct)
    const { id, name, email } = person!
    const received = await onPlatform(ctx, async () => {
      const asked = await receiveRequest({
        kind,
        channel: 'profile',
        userId: id,
        contact: { name, email },
        details,
      })
      if (isFresh(ctx)) await verifyIdentity(asked, 'session')
      else await sendCode(asked)
      return asked
    })
    if (received.status === 'working') {
      session.flash('success', `We have your request ${received.ref}.`)
      return response.redirect().status(303).toPath('/profile/privacy')
    }
    session.flash('info', 'You signed in a while ago, so we sent a code to your address.')
    return response.redirect().status(303).toPath(`/privacy/requests/${received.ref}`)
  }

  /** Takes one's own request back. */
  async destroy(ctx: HttpContext) {
    const { params, person, response, session } = ctx
    await onPlatform(ctx, async () => {
      const own = await PrivacyRequest.findOwn(person!.id, params.id)
      await withdraw(own)
    })
    session.flash('success', 'Your request is withdrawn.')
    return response.redirect().status(303).toPath('/profile/privacy')
  }
}
