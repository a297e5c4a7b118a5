import type { HttpContext } from '@adonisjs/core/http'
import { processorsState } from '#pages/backoffice/processors_page'

export default class ProcessorsController {
  /** Who processes personal data for us, and how long our agreement with each lasts. */
  index({ htmx }: HttpContext) {
    return htmx.page('pages/backoffice/processors', processorsState(process.env))
  }
}
