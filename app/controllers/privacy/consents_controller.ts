import { isIP } from 'node:net'
import type { HttpContext } from '@adonisjs/core/http'
import { CONSENT_COOKIE, sendsPrivacyControl } from '#identity/consent_choice'
import { localPath, previousPath } from '#identity/local_path'
import { withdrawableCookies } from '#registries/cookies'
import { updateConsent } from '#validators/consent'

const OUTCOMES = {
  accepted: 'Analytics is on. You can change this at any time under Cookie choices.',
  rejected: 'Analytics is off, and its cookies on this site are removed.',
}

export default class ConsentsController {
  edit({ htmx, request }: HttpContext) {
    return htmx.page('pages/consents/edit', { gpc: sendsPrivacyControl(request) })
  }

  /** Keeps the choice for a year. Rejecting also expires Clarity's cookies on this site. */
  async update(ctx: HttpContext) {
    const { request, response, session } = ctx
    const { answer } = await request.validateUsing(updateConsent)
    response.cookie(CONSENT_COOKIE, answer, { maxAge: '365d' })
    if (answer === 'rejected') expireAnalyticsCookies(response, request.hostname() ?? '')
    session.flash('success', OUTCOMES[answer])
    return response
      .redirect()
      .status(303)
      .toPath(localPath(request.input('return_to'), previousPath(ctx, '/')))
  }
}

/** Clarity sets its cookies on the widest domain it can, so each parent domain is expired too. */
function expireAnalyticsCookies(response: HttpContext['response'], hostname: string) {
  const labels = isIP(hostname) ? [] : hostname.split('.')
  const domains = labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'))
  for (const name of withdrawableCookies) {
    for (const domain of ['', ...domains.map((parent) => `; Domain=${parent}`)]) {
      response.append('set-cookie', `${name}=; Path=/; Max-Age=0${domain}`)
    }
  }
}
