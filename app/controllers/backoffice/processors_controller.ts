import type { HttpContext } from '@adonisjs/core/http'
import { processorsState } from '#pages/backoffice/processors_page'

export default class ProcessorsController {
  /** Who processes personal data for us, and until when we have an agreement with them. */
  index({ htmx }: HttpContext) {
    return htmx.page('pages/backoffice/processors', processorsState(process.env))
  }
}
