import { defineConfig } from '@adonisjs/shield'
import { isApi } from '#identity/api_address'
import { webhooks } from '#registries/egress'

/** Where browsers tell what the policy made them refuse. */
const POLICY_REPORTS = '/csp-reports'

/**
 * Webhooks prove their sender by a signature, links by the secret in their address, programs by a token; a
 * report of a browser changes no record. A forged request uses what the browser sends along by itself, and for
 * these that counts for nothing: no cookie is read, and whoever does not know the secret can ask for nothing.
 */
const PROVED = [
  ...webhooks,
  POLICY_REPORTS,
  '/troubles',
  '/unsubscribe/:token',
  '/task/:token/status',
  '/task/:token/comments',
  '/task/:token/attachments',
  '/task/:token/attachments/:id',
]

export default defineConfig({
  csp: {
    enabled: true,
    directives: {
      defaultSrc: [`'self'`],
      baseUri: [`'self'`],
      scriptSrc: [`'self'`, '@nonce', '@analyticsScripts'],
      styleSrc: [`'self'`],
      imgSrc: [`'self'`, 'data:', '@analyticsImages'],
      connectSrc: [`'self'`, '@analyticsConnections', '@liveReload'],
      fontSrc: [`'self'`],
      formAction: [`'self'`, '@identityProvider'],
      frameAncestors: [`'none'`],
      objectSrc: [`'none'`],
      scriptSrcAttr: [`'none'`],
      reportUri: [POLICY_REPORTS],
    },
    reportOnly: false,
  },
  csrf: {
    enabled: true,
    exceptRoutes: ({ route, request }) => isApi(request) || PROVED.includes(route!.pattern),
    /** It would set a cookie that the policy does not declare. */
    enableXsrfCookie: false,
    methods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  },
  // The protective headers middleware sends these, with answers that no route gives too.
  xFrame: { enabled: false },
  hsts: { enabled: false },
  contentTypeSniffing: { enabled: false },
})
