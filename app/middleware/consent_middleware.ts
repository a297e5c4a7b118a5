import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { consentOf, type Consent } from '#identity/consent_choice'
import { holdsSecret } from '#identity/local_path'
import { objectsTo } from '#identity/objections'
import { contentSecurityPolicy } from '#middleware/content_security_policy'
import { isMonitoring } from '#monitoring/sentry'
import env from '#start/env'

declare module '@adonisjs/core/http' {
  interface HttpContext {
    consent: Consent
  }
}

/** The page that writes into its address what is typed, as it is typed. */
const SEARCH = '/search'

/** The cookie is the only memory of the choice: without it the banner returns. */
export default class ConsentMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    ctx.consent = consentOf(ctx)
    const project =
      ctx.consent === 'accepted' && mayBeRecorded(ctx) && env.get('CLARITY_PROJECT_ID')
    // An objection outlasts a cookie: whoever objected is not recorded, also where they accepted before.
    const clarityId = project && !(await objectsTo('objectsToAnalytics', ctx)) && project
    ctx.view.share({
      consent: ctx.consent,
      // It has no address to lead back to, and may hold what was typed: the next page asks.
      asksConsent: ctx.consent === 'unasked' && ctx.request.method() === 'GET',
      clarityId,
      tellsTroubles: () => tellsTroubles(ctx),
      routePattern: ctx.route?.pattern,
    })
    if (clarityId) {
      ctx.response.header('content-security-policy', contentSecurityPolicy({ withAnalytics: true }))
    }
    return next()
  }
}

/**
 * Analytics is told the address of a page as it is: never of one that may hold what people searched for, that holds
 * the secret of a link, or that answers what they typed.
 */
function mayBeRecorded({ request, route }: HttpContext) {
  if (request.method() !== 'GET' || request.parsedUrl.query) return false
  return route?.pattern !== SEARCH && !holdsSecret(request.url())
}

/** Whether the page may report its own failing scripts; asked only where a whole page is rendered. */
async function tellsTroubles(ctx: HttpContext) {
  return isMonitoring() && !(await objectsTo('objectsToTelemetry', ctx))
}
