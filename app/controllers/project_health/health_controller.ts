import type { HttpContext } from '@adonisjs/core/http'
import { healthState } from '#pages/project_health/health_page'

export default class HealthController {
  /** The health of a project: as declared, as its records show, and as assurance judges. */
  async show({ htmx, project, request, viewer }: HttpContext) {
    return htmx.page('pages/health/show', await healthState(project, viewer, request.qs()))
  }
}
