import type { HttpContext } from '@adonisjs/core/http'
import { setupState } from '#pages/setup/setup_page'

export default class SetupsController {
  /** An owner's first steps, and how far they are. */
  async show({ htmx, viewer }: HttpContext) {
    return htmx.page('pages/setup/show', { setup: await setupState(viewer) })
  }
}
