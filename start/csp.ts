import type { ServerResponse } from 'node:http'
import app from '@adonisjs/core/services/app'
import { cspKeywords } from '@adonisjs/shield'
import { identityProvider } from '#identity/identity_provider'
import { sourcesOf } from '#registries/egress'
import type { Sources } from '#registries/processors'

/** Opens the hosts of analytics only in a response whose visitor accepted it; CSP takes no empty source. */
const analytics = (kind: keyof Sources) => {
  const hosts = sourcesOf(kind, { afterConsent: true }).join(' ')
  return (_request: unknown, response: ServerResponse) =>
    'clarityAllowed' in response && response.clarityAllowed ? hosts : `'self'`
}

cspKeywords.register('@analyticsScripts', analytics('scripts'))
cspKeywords.register('@analyticsConnections', analytics('connections'))
cspKeywords.register('@analyticsImages', analytics('images'))

/** `npm run dev` tells the page of edits through a web socket on a port of its own. */
cspKeywords.register('@liveReload', () =>
  process.env.LIVE_RELOAD === 'true' && app.inDev ? 'ws://localhost:*' : `'self'`
)

/** Browsers apply form-action to the redirects that follow a sign-in or sign-out form. */
cspKeywords.register('@identityProvider', () => identityProvider().origin)
