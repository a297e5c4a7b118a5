import type { HttpContext } from '@adonisjs/core/http'
import { isFresh } from '#identity/fresh_session'
import type PrivacyRequest from '#models/privacy_request'
import type { RequestKind } from '#models/privacy_request/enumerations'
import { sendCode, verifyIdentity } from '#models/privacy_request/identifying'
import { receiveRequest } from '#models/privacy_request/receiving'

/**
 * Receives what a signed-in person asks about their own data, on the platform. A session that began within the hour
 * proves who asks; otherwise a mailed code does.
 */
export async function receiveOwn(ctx: HttpContext, kind: RequestKind, details: string | null) {
  const { id, name, email } = ctx.person!
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
}

/** Goes on to `page` or, until it is known who asks, to where the code is entered. */
export function goOn({ response, session }: HttpContext, asked: PrivacyRequest, page: string) {
  const { ref, status } = asked
  if (status === 'working') {
    session.flash('success', `We have received your request ${ref}.`)
    return response.seeOther(page)
  }
  session.flash('info', 'You signed in a while ago, so we have emailed you a code.')
  return response.seeOther(`/privacy/requests/${ref}`)
}
