import type { HttpContext } from '@adonisjs/core/http'
import { isFresh } from '#identity/fresh_session'
import { onPlatform } from '#identity/platform'
import { accountPrivacy } from '#pages/privacy/account_page'

export default class PrivacyController {
  /** What the person asked of us, and what they switched off. */
  async show(ctx: HttpContext) {
    const { htmx, person } = ctx
    const state = await onPlatform(ctx, () => accountPrivacy(person!.id))
    return htmx.page('pages/account/privacy', { ...state, isFresh: isFresh(ctx) })
  }
}
