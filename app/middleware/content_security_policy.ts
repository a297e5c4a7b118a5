import app from '@adonisjs/core/services/app'
import { POLICY_REPORTS } from '#config/shield'
import { identityProvider } from '#identity/identity_provider'
import { sourcesOf } from '#registries/egress'
import type { Sources } from '#registries/processors'

/**
 * What a page may load, run and send. No inline script runs, so no keyword may allow one; the hosts of analytics are
 * open only in an answer to a visitor who accepted it.
 */
export function contentSecurityPolicy({ withAnalytics = false } = {}) {
  const analytics = (kind: keyof Sources) =>
    withAnalytics ? sourcesOf(kind, { afterConsent: true }) : []
  const directives = {
    'default-src': [`'none'`],
    'base-uri': [`'none'`],
    'script-src': [`'self'`, ...analytics('scripts')],
    'style-src': [`'self'`],
    'img-src': [`'self'`, ...analytics('images')],
    'connect-src': [`'self'`, ...analytics('connections'), ...liveReload()],
    'frame-src': [`'self'`],
    // Browsers apply it to the redirects that follow a sign-in or sign-out form.
    'form-action': [`'self'`, identityProvider().origin],
    'frame-ancestors': [`'none'`],
    'report-uri': [POLICY_REPORTS],
  }
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(' '))
    .join('; ')
}

/** `npm run dev` reports edits to the page through a web socket on its own port. */
function liveReload() {
  return process.env.LIVE_RELOAD === 'true' && app.inDev ? ['ws://localhost:*'] : []
}
