import type { HttpContext } from '@adonisjs/core/http'
import Round from '#models/deciding/round'
import Gate from '#models/gate'
import GateReview from '#models/gate_review'
import { packPageState } from '#pages/pack_page'

export default class PacksController {
  /** The whole pack with votes and decision, to be read on paper. */
  async show({ htmx, params, project, viewer }: HttpContext) {
    const gate = await Gate.findIn(project, params.gate_id)
    const review = await GateReview.findIn(gate, params.id)
    const round = await Round.of(project, gate, review)
    return htmx.page('pages/gate_reviews/pack', await packPageState(round, viewer))
  }
}
