import type { HttpContext } from '@adonisjs/core/http'

/**
 * The address holds a secret: no other page, site or analytics may learn it. Since browsers do not send it either,
 * forms around the page say themselves where they lead back.
 */
export function keepToOurselves({ request, response, view }: HttpContext) {
  view.share({ backHere: request.method() === 'GET' ? request.url(true) : null })
  response.header('Referrer-Policy', 'no-referrer')
}
