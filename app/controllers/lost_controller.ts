import { errors } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'

export default class LostController {
  /** An address that is none: it comes here so that whoever is signed in is recognised. */
  show({ request }: HttpContext) {
    throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
  }
}
