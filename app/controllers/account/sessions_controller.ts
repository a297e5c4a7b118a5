import { errors } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { validate as isUuid } from 'uuid'
import { endOwnSession, listOwnSessions } from '#identity/own_sessions'
import { onPlatform } from '#identity/platform'
import { sessionListState } from '#pages/account/session_list_page'

export default class SessionsController {
  /** Where the person is signed in. */
  async index(ctx: HttpContext) {
    return onPlatform(ctx, async () => {
      const sessions = await listOwnSessions(ctx)
      return ctx.htmx.page('pages/account/sessions', sessionListState(sessions))
    })
  }

  /** Signs the person out of another session. */
  async destroy(ctx: HttpContext) {
    const { params, request, response, session } = ctx
    const isEnded = isUuid(params.id) && (await endOwnSession(ctx, params.id))
    if (!isEnded) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    session.flash('success', 'That session has ended.')
    return response.seeOther('/profile/sessions')
  }
}
