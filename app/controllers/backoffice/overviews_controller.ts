import type { HttpContext } from '@adonisjs/core/http'
import app from '@adonisjs/core/services/app'
import { overviewState } from '#pages/backoffice/overview_page'

export default class OverviewsController {
  /** What waits for someone, and links to each section. */
  async show({ htmx }: HttpContext) {
    const state = await overviewState(app.makePath('database/migrations'))
    return htmx.page('pages/backoffice/overview', state)
  }
}
