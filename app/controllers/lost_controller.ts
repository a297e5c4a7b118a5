import { errors } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'

export default class LostController {
  /** An unknown address. It is routed here so that people who are signed in are recognised. */
  show({ request }: HttpContext) {
    throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
  }
}
