import type { HttpContext } from '@adonisjs/core/http'
import { CONSENT_COOKIE } from '#middleware/consent_middleware'
import { localPath } from '#identity/local_path'
import { withdrawableCookies } from '#registries/cookies'
import { updateConsent } from '#validators/consent'

export default class ConsentsController {
  edit({ htmx }: HttpContext) {
    return htmx.page('pages/consents/edit')
  }

  /** Keeps the choice for a year. Rejecting also expires Clarity's cookies on this site. */
  async update({ request, response }: HttpContext) {
    const { decision } = await request.validateUsing(updateConsent)
    response.cookie(CONSENT_COOKIE, decision, { maxAge: '365d' })
    if (decision === 'rejected') expireAnalyticsCookies(response, request.hostname())
    return response
      .redirect()
      .status(303)
      .toPath(localPath(request.input('return_to'), '/'))
  }
}

/** Clarity sets its cookies on the widest domain it can, so each parent domain is expired too. */
function expireAnalyticsCookies(response: HttpContext['response'], hostname: string | null) {
  const labels = (hostname ?? '').split('.')
  const domains = labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'))
  for (const name of withdrawableCookies) {
    for (const domain of [undefined, ...domains]) {
      response.append(
        'set-cookie',
        `${name}=; Path=/; Max-Age=0${domain ? `; Domain=${domain}` : ''}`
      )
    }
  }
}
