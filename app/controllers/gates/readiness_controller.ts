import type { HttpContext } from '@adonisjs/core/http'
import Gate from '#models/gate'
import { readinessState } from '#pages/gates/readiness_page'

export default class ReadinessController {
  /** What blocks the gate's submission and what only warns, each with a link to put it right. */
  async show({ htmx, params, project, viewer }: HttpContext) {
    const gate = await Gate.findIn(project, params.id)
    return htmx.page('pages/gates/readiness', await readinessState(project, gate, viewer))
  }
}
