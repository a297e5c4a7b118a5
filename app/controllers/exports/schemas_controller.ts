import type { HttpContext } from '@adonisjs/core/http'
import { exportSchema } from '#exports/lists/schema'

export default class SchemasController {
  /** The meaning of the keys in every list's JSON, for programs. */
  async show({ response }: HttpContext) {
    response.header('content-type', 'application/schema+json; charset=utf-8')
    return response.send(JSON.stringify(exportSchema(), null, 2))
  }
}
