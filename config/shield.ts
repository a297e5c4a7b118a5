import { defineConfig } from '@adonisjs/shield'
import { webhooks } from '#registries/egress'

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
    },
    reportOnly: false,
  },
  csrf: {
    enabled: true,
    /** Each of these proves its sender by a signature of its own. */
    exceptRoutes: [...webhooks, '/unsubscribe/:token'],
    /** It would set a cookie that the policy does not declare. */
    enableXsrfCookie: false,
    methods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  },
  // The protective headers middleware sends these, with answers that no route gives too.
  xFrame: { enabled: false },
  hsts: { enabled: false },
  contentTypeSniffing: { enabled: false },
})
