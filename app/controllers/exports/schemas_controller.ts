import type { HttpContext } from '@adonisjs/core/http'
import { exportSchema } from '#exports/lists/schema'

export default class SchemasController {
  /** What the keys of every list's JSON are, for programs. */
  async show({ response }: HttpContext) {
    response.header('content-type', 'application/schema+json; charset=utf-8')
    return response.send(JSON.stringify(exportSchema(), null, 2))
  }
}
