import encryption from '@adonisjs/core/services/encryption'
import { CookieClient, type HttpContext } from '@adonisjs/core/http'
import { validate as isUuid } from 'uuid'
import { consentNotice } from '#registries/consent_notice'

type Answer = 'accepted' | 'rejected'

/** `unasked` shows the banner; a browser that sends Global Privacy Control counts as rejected until it accepts. */
export type Consent = Answer | 'unasked'

/** What the cookie holds: the answer, what was asked, and the receipt of who accepted. */
export type Choice = { answer: Answer; notice: string; receipt: string | null }

export const CONSENT_COOKIE = 'orch_consent'

/** Enough of the notice's hash to distinguish one from the next. */
const NOTICE = consentNotice.slice(0, 12)
const FORM = /^(accepted|rejected)\.([0-9a-f]{12})(?:\.([0-9a-f-]{36}))?$/

/** True when the browser asks sites not to share what its user does (Global Privacy Control). */
export function sendsPrivacyControl(request: HttpContext['request']) {
  return request.header('Sec-GPC') === '1'
}

/** The choice that the browser sent, whatever it was about; null for none. */
export function choiceIn(request: HttpContext['request']): Choice | null {
  const [, answer, notice, receipt] = String(request.cookie(CONSENT_COOKIE) ?? '').match(FORM) ?? []
  if (!answer) return null
  return { answer: answer as Answer, notice, receipt: isUuid(receipt) ? receipt : null }
}

/** The choice that counts: a choice about an earlier notice does not. */
export function consentOf({ request }: HttpContext): Consent {
  const choice = choiceIn(request)
  if (choice?.notice === NOTICE) return choice.answer
  return sendsPrivacyControl(request) ? 'rejected' : 'unasked'
}

/** The cookie's content for a choice made now. */
export function cookieValue(answer: Answer, receipt: string | null = null) {
  return [answer, NOTICE, receipt].filter(Boolean).join('.')
}

/** The cookie of a visitor who made this choice, as their browser sends it. */
export function consentCookie(answer: Answer) {
  const client = new CookieClient(encryption.use())
  return `${CONSENT_COOKIE}=${client.sign(CONSENT_COOKIE, cookieValue(answer))}`
}
