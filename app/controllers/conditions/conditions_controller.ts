import type { HttpContext } from '@adonisjs/core/http'
import GateCondition from '#models/gate_condition'
import { conditionListState, conditionState } from '#pages/conditions/condition_page'

export default class ConditionsController {
  async index({ htmx, project }: HttpContext) {
    return htmx.page('pages/gate_conditions/index', await conditionListState(project))
  }

  async show({ htmx, params, project, viewer }: HttpContext) {
    const condition = await GateCondition.findIn(project, params.id)
    const state = await conditionState(project, condition, viewer)
    return htmx.page('pages/gate_conditions/show', state)
  }
}
