import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { isApi } from '#identity/api_address'

/**
 * Programs authenticate with a token alone. Their requests lose their cookies before anything reads them: no session
 * answers, and no page can make a browser call on its user's behalf.
 */
export default class ApiDoorMiddleware {
  handle({ request }: HttpContext, next: NextFn) {
    if (isApi(request)) delete request.request.headers.cookie
    return next()
  }
}
