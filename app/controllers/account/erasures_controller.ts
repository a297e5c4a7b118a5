import type { HttpContext } from '@adonisjs/core/http'
import { isFresh } from '#identity/fresh_session'
import { onPlatform } from '#identity/platform'
import PrivacyRequest from '#models/privacy_request'
import { sendCode, verifyIdentity } from '#models/privacy_request/identifying'
import { receiveRequest } from '#models/privacy_request/receiving'
import { refuse } from '#models/violation'
import { ownErasure } from '#pages/privacy/own_erasure_page'
import { soleOwner, soleOwnerships } from '#privacy/erasure/start'
import { askForErasure } from '#validators/erasure'

export default class ErasuresController {
  /** What deleting the account means, or how the request for it stands. */
  async show(ctx: HttpContext) {
    const state = await onPlatform(ctx, () => ownErasure(ctx.person!))
    return ctx.htmx.page('pages/account/erasure', { ...state, isFresh: isFresh(ctx) })
  }

  /** Asks for it. A session that began within the hour says who asks; else a mailed code does. */
  async store(ctx: HttpContext) {
    const { person, request, response, session } = ctx
    const { confirmation, details = null } = await request.validateUsing(askForErasure)
    const { id, name, email } = person!
    if (confirmation.toLowerCase() !== email.toLowerCase()) {
      refuse('confirmation', `Type ${email} to confirm`)
    }
    const owned = await soleOwnerships(id)
    if (owned.length > 0) refuse('confirmation', soleOwner(owned))
    const received = await onPlatform(ctx, async () => {
      if (await PrivacyRequest.openErasureOf(id)) refuse('confirmation', 'You asked for it already')
      const asked = await receiveRequest({
        kind: 'erasure',
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
      return response.redirect().status(303).toPath('/profile/privacy/erasure')
    }
    session.flash('info', 'You signed in a while ago, so we sent a code to your address.')
    return response.redirect().status(303).toPath(`/privacy/requests/${received.ref}`)
  }
}
