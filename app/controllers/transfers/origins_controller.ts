import type { HttpContext } from '@adonisjs/core/http'
import { originState } from '#pages/transfers/origin_page'

export default class OriginsController {
  /** Where an imported project comes from, and what was decided there. */
  async show({ htmx, project }: HttpContext) {
    return htmx.page('pages/project_origins/show', await originState(project))
  }
}
