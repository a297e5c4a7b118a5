import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { consentOf, type Consent } from '#identity/consent_choice'
import env from '#start/env'

declare module '@adonisjs/core/http' {
  interface HttpContext {
    consent: Consent
  }
}

/** The cookie is the only memory of the choice: without it the banner returns. */
export default class ConsentMiddleware {
  handle(ctx: HttpContext, next: NextFn) {
    ctx.consent = consentOf(ctx)
    const clarityId = ctx.consent === 'accepted' && env.get('CLARITY_PROJECT_ID')
    ctx.view.share({ consent: ctx.consent, clarityId })
    Object.assign(ctx.response.response, { clarityAllowed: Boolean(clarityId) })
    return next()
  }
}
