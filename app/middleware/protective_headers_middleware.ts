import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { secureCookies } from '#config/app'
import { contentSecurityPolicy } from '#middleware/content_security_policy'

const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Addresses hold search terms; returning after a form needs them, on this site only.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}

/**
 * The headers of every answer, including those that no route gives: unknown addresses, refused forms, files. No browser
 * or proxy stores what people read here, so that Back shows nothing after signing out.
 */
export default class ProtectiveHeadersMiddleware {
  async handle({ response }: HttpContext, next: NextFn) {
    for (const [name, value] of Object.entries(ALWAYS)) response.header(name, value)
    response.header('content-security-policy', contentSecurityPolicy())
    if (secureCookies) {
      response.header('strict-transport-security', 'max-age=31536000; includeSubDomains')
    }
    await next()
    if (response.headersSent) return
    response.safeHeader('cache-control', 'no-store')
  }
}
