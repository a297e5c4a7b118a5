import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { bringsAnalyticsCookies, expireAnalyticsCookies } from '#identity/analytics_cookies'
import { consentOf, type Consent } from '#identity/consent_choice'
import { objectsTo } from '#identity/objections'
import { contentSecurityPolicy } from '#middleware/content_security_policy'
import { isMonitoring } from '#monitoring/sentry'
import { withdrawableKeys } from '#registries/cookies'
import env from '#start/env'

declare module '@adonisjs/core/http' {
  interface HttpContext {
    consent: Consent
    /** The page that is rendered now has none of analytics. An address without a route passes no middleware. */
    withoutAnalytics?: () => void
  }
}

/** The page that puts search terms into its address as they are typed. */
const SEARCH = '/search'

/** The cookie is the only memory of the choice: without it the banner returns. */
export default class ConsentMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    ctx.consent = consentOf(ctx)
    ctx.view.share({
      consent: ctx.consent,
      // It has no address to return to, and may hold what was typed: the next page asks.
      asksConsent: ctx.consent === 'unasked' && ctx.request.method() === 'GET',
      tellsTroubles: () => tellsTroubles(ctx),
      routePattern: ctx.route?.pattern,
    })
    if (ctx.request.method() === 'GET') await decideOnAnalytics(ctx)
    return next()
  }
}

/** Clarity's cookies outlast the consent: its own cookie was deleted or expired, or an earlier page set them again. */
async function decideOnAnalytics(ctx: HttpContext) {
  const project = env.get('CLARITY_PROJECT_ID')
  if (!project || !(await isAgreed(ctx))) {
    ctx.view.share({ endsAnalytics: project && withdrawableKeys.join(' ') })
    if (bringsAnalyticsCookies(ctx.request)) expireAnalyticsCookies(ctx)
  } else if (mayBeRecorded(ctx)) {
    record(ctx, project)
  }
}

/** An objection outlasts a cookie: someone who objected is not recorded, even if they accepted before. */
async function isAgreed(ctx: HttpContext) {
  return ctx.consent === 'accepted' && !(await objectsTo('objectsToAnalytics', ctx))
}

/**
 * Analytics receives a page's address unchanged, so never one that may hold search terms, that holds the secret of a
 * link, or that answers what was typed.
 */
function mayBeRecorded({ request, route }: HttpContext) {
  if (!route || request.parsedUrl.query) return false
  return route.pattern !== SEARCH && !route.pattern.includes(':token')
}

function record(ctx: HttpContext, clarityId: string) {
  ctx.view.share({ clarityId })
  ctx.response.header('content-security-policy', contentSecurityPolicy({ withAnalytics: true }))
  ctx.withoutAnalytics = () => {
    ctx.view.share({ clarityId: null })
    ctx.response.header('content-security-policy', contentSecurityPolicy())
  }
}

/** Whether the page may report its own script errors; queried only when a whole page is rendered. */
async function tellsTroubles(ctx: HttpContext) {
  return isMonitoring() && !(await objectsTo('objectsToTelemetry', ctx))
}
