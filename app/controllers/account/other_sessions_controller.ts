import type { HttpContext } from '@adonisjs/core/http'
import { endOtherSessions } from '#identity/own_sessions'

export default class OtherSessionsController {
  /** Signs the person out everywhere else. */
  async destroy(ctx: HttpContext) {
    const count = await endOtherSessions(ctx)
    ctx.session.flash('success', sentence(count))
    return ctx.response.seeOther('/profile/sessions')
  }
}

function sentence(count: number) {
  if (count === 0) return 'You have no other sessions.'
  return count === 1 ? 'Your other session has ended.' : `Your ${count} other sessions have ended.`
}
