import type { HttpContext } from '@adonisjs/core/http'

export default class OverviewsController {
  /** The way into each section. */
  show({ htmx }: HttpContext) {
    return htmx.page('pages/backoffice/overview')
  }
}
