import type { HttpContext } from '@adonisjs/core/http'
import { isFresh } from '#identity/fresh_session'
import { tellSecret, toldSecret } from '#identity/told_token'
import ApiToken from '#models/api_token'
import Membership from '#models/membership'
import { serviceTokensState } from '#pages/token_page'
import { storeServiceToken } from '#validators/api_token'

const PAGE = '/settings/tokens'

export default class TokensController {
  /** Tokens of the organisation's services, and tokens that its members made for themselves. */
  async index(ctx: HttpContext) {
    const told = { secret: toldSecret(ctx), isFresh: isFresh(ctx) }
    return ctx.htmx.page('pages/settings/tokens', await serviceTokensState(ctx.viewer, told))
  }

  /** Makes a token for a service. */
  async store(ctx: HttpContext) {
    const { role, ...wish } = await ctx.request.validateUsing(storeServiceToken)
    await Membership.takeTurns(ctx.viewer)
    tellSecret(ctx, await ApiToken.issueForService(wish, role))
    return ctx.response.seeOther(PAGE)
  }

  /** Revokes any token of the organisation, including a member's. */
  async destroy({ params, response, session }: HttpContext) {
    await (await ApiToken.findById(params.id)).revoke()
    session.flash('success', 'The token no longer works.')
    return response.seeOther(PAGE)
  }
}
