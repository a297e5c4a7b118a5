import type { HttpContext } from '@adonisjs/core/http'
import Gate from '#models/gate'
import { gateListState } from '#pages/gates/list_page'
import { gateState } from '#pages/gates/gate_page'

export default class GatesController {
  async index({ htmx, project, viewer }: HttpContext) {
    return htmx.page('pages/gates/index', await gateListState(project, viewer))
  }

  async show({ htmx, params, project, viewer }: HttpContext) {
    const gate = await Gate.findIn(project, params.id)
    return htmx.page('pages/gates/show', await gateState(project, gate, viewer))
  }
}
