import encryption from '@adonisjs/core/services/encryption'
import { CookieClient, type HttpContext } from '@adonisjs/core/http'

/** `unasked` shows the banner; a browser that sends Global Privacy Control counts as rejected until it accepts. */
export type Consent = 'accepted' | 'rejected' | 'unasked'

export const CONSENT_COOKIE = 'orch_consent'

/** True when the browser asks every site not to share what its person does (Global Privacy Control). */
export function sendsPrivacyControl(request: HttpContext['request']) {
  return request.header('Sec-GPC') === '1'
}

export function consentOf({ request }: HttpContext): Consent {
  const answer = request.cookie(CONSENT_COOKIE)
  if (answer === 'accepted' || answer === 'rejected') return answer
  return sendsPrivacyControl(request) ? 'rejected' : 'unasked'
}

/** The cookie of a visitor who made this choice, as their browser sends it. */
export function consentCookie(answer: 'accepted' | 'rejected') {
  const client = new CookieClient(encryption.use())
  return `${CONSENT_COOKIE}=${client.sign(CONSENT_COOKIE, answer)}`
}
