import type { HttpContext } from '@adonisjs/core/http'
import { setupState } from '#pages/setup/setup_page'

export default class SetupsController {
  /** What an owner does first, and how far it is. */
  async show({ htmx, viewer }: HttpContext) {
    return htmx.page('pages/setup/show', { setup: await setupState(viewer) })
  }
}
