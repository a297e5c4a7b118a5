import { defineConfig } from '@adonisjs/shield'
import { isApi } from '#identity/api_address'
import { webhooks } from '#registries/egress'

/** Where browsers report what the policy made them refuse. */
export const POLICY_REPORTS = '/csp-reports'

/**
 * Webhooks prove their sender by a signature, links by the secret in their address, programs by a token; a browser's
 * report changes no record. A forged request relies on what the browser sends automatically, and here that counts for
 * nothing: no cookie is read, and without the secret nothing can be done.
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
  // The protective headers middleware sends these, also with answers that no route gives.
  csp: { enabled: false },
  xFrame: { enabled: false },
  hsts: { enabled: false },
  contentTypeSniffing: { enabled: false },
})
