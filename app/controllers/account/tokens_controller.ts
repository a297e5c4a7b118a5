import type { HttpContext } from '@adonisjs/core/http'
import { isFresh } from '#identity/fresh_session'
import { tellSecret, toldSecret } from '#identity/told_token'
import ApiToken from '#models/api_token'
import Membership from '#models/membership'
import { ownTokensState } from '#pages/token_page'
import { storeOwnToken } from '#validators/api_token'

const PAGE = '/profile/tokens'

export default class TokensController {
  /** The viewer's own tokens in the active organisation. */
  async index(ctx: HttpContext) {
    const told = { secret: toldSecret(ctx), isFresh: isFresh(ctx) }
    return ctx.htmx.page('pages/account/tokens', await ownTokensState(ctx.viewer, told))
  }

  async store(ctx: HttpContext) {
    const wish = await ctx.request.validateUsing(storeOwnToken)
    await Membership.takeTurns(ctx.viewer)
    tellSecret(ctx, await ApiToken.issueOwn(wish))
    return ctx.response.seeOther(PAGE)
  }

  async destroy({ params, response, session }: HttpContext) {
    await (await ApiToken.findMine(params.id)).revoke()
    session.flash('success', 'The token no longer works.')
    return response.seeOther(PAGE)
  }
}
