import type { HttpContext } from '@adonisjs/core/http'
import { goOn, receiveOwn } from '#controllers/account/asking'
import { isFresh } from '#identity/fresh_session'
import { onPlatform } from '#identity/platform'
import PrivacyRequest from '#models/privacy_request'
import { takeTurnsAs } from '#models/saving/turns'
import { refuse } from '#models/violation'
import { ownErasure } from '#pages/privacy/own_erasure_page'
import { soleOwner, soleOwnerships } from '#privacy/erasure/start'
import { askForErasure } from '#validators/erasure'

export default class ErasuresController {
  /** What deleting the account means, or the status of the request to. */
  async show(ctx: HttpContext) {
    const state = await onPlatform(ctx, () => ownErasure(ctx.person!))
    return ctx.htmx.page('pages/account/erasure', { ...state, isFresh: isFresh(ctx) })
  }

  /** Asks for it, once the address was typed and no organisation is left without an owner. */
  async store(ctx: HttpContext) {
    const { person, request } = ctx
    const { confirmation, details = null } = await request.validateUsing(askForErasure)
    const { id, email } = person!
    if (confirmation.toLowerCase() !== email.toLowerCase()) {
      refuse('confirmation', `Enter ${email} to confirm`)
    }
    const owned = await soleOwnerships(id)
    if (owned.length > 0) refuse('confirmation', soleOwner(owned))
    const asked = await onPlatform(ctx, async () => {
      await takeTurnsAs(`erasure of ${id}`)
      if (await PrivacyRequest.openErasureOf(id))
        refuse('confirmation', 'You have already asked for this')
      return receiveOwn(ctx, 'erasure', details)
    })
    return goOn(ctx, asked, '/profile/privacy/erasure')
  }
}
