import type { ServerResponse } from 'node:http'
import app from '@adonisjs/core/services/app'
import { cspKeywords } from '@adonisjs/shield'
import { identityProvider } from '#identity/identity_provider'

/** Opens Clarity's hosts only in a response whose visitor accepted analytics; CSP takes no empty source. */
const clarity = (host: string) => (_request: unknown, response: ServerResponse) =>
  'clarityAllowed' in response && response.clarityAllowed ? host : `'self'`

cspKeywords.register(
  '@clarityScripts',
  clarity('https://www.clarity.ms https://scripts.clarity.ms')
)
cspKeywords.register('@clarityConnections', clarity('https://*.clarity.ms'))
cspKeywords.register('@clarityImages', clarity('https://*.clarity.ms'))

/** `npm run dev` tells the page of edits through a web socket on a port of its own. */
cspKeywords.register('@liveReload', () =>
  process.env.LIVE_RELOAD === 'true' && app.inDev ? 'ws://localhost:*' : `'self'`
)

/** Browsers apply form-action to the redirects that follow a sign-in or sign-out form. */
cspKeywords.register('@identityProvider', () => identityProvider().origin)
