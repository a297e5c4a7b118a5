import type { HttpContext } from '@adonisjs/core/http'
import { tellHolder } from '#pages/api/token'

export default class HoldersController {
  /** The person or service that the token acts for, and what it allows. */
  show({ response, token, viewer }: HttpContext) {
    return response.json(tellHolder(token!, viewer))
  }
}
