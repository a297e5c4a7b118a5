import type { HttpContext } from '@adonisjs/core/http'

/**
 * The address holds a secret: no other page, site or analytics is told of it. Since browsers do not tell it either, forms
 * around the page say themselves where they lead back.
 */
export function keepToOurselves({ request, response, view }: HttpContext) {
  view.share({ backHere: request.method() === 'GET' ? request.url(true) : null })
  response.header('Referrer-Policy', 'no-referrer')
}
