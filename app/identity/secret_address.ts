import type { HttpContext } from '@adonisjs/core/http'

/** The address holds a secret: no other page, site or analytics is told of it. */
export function keepToOurselves({ response, view }: HttpContext) {
  view.share({ clarityId: null })
  Object.assign(response.response, { clarityAllowed: false })
  response.header('Referrer-Policy', 'no-referrer').header('Cache-Control', 'no-store')
}
