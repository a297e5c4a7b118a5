import type { HttpContext } from '@adonisjs/core/http'
import Gate from '#models/gate'
import { readinessState } from '#pages/gates/readiness_page'

export default class ReadinessController {
  /** What keeps the gate from being submitted and what only warns, each with the link that mends it. */
  async show({ htmx, params, project, viewer }: HttpContext) {
    const gate = await Gate.findIn(project, params.id)
    return htmx.page('pages/gates/readiness', await readinessState(project, gate, viewer))
  }
}
