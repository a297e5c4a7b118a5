import type { HttpContext } from '@adonisjs/core/http'
import { placeOf } from '#models/search/named'

export default class RefsController {
  /** Leads to the record, or the project, that carries the ref. 404 where there is none that the viewer may see. */
  async show({ params, response, viewer }: HttpContext) {
    return response.redirect(await placeOf(params.ref, viewer))
  }
}
