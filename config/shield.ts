import { defineConfig } from '@adonisjs/shield'
import { isApi } from '#identity/api_address'
import { webhooks } from '#registries/egress'

/** Where browsers tell what the policy made them refuse. */
export const POLICY_REPORTS = '/csp-reports'

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
  csrf: {
    enabled: true,
    exceptRoutes: ({ route, request }) => isApi(request) || PROVED.includes(route!.pattern),
    /** It would set a cookie that the policy does not declare. */
    enableXsrfCookie: false,
    methods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  },
  // The protective headers middleware sends these, with answers that no route gives too.
  csp: { enabled: false },
  xFrame: { enabled: false },
  hsts: { enabled: false },
  contentTypeSniffing: { enabled: false },
})
