import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import GateDecision from '#models/gate_decision'
import { tenanted } from '#models/mixins/tenanted'

/** A criterion that a decision sends back to be met. Part of the decision, and as unchangeable. */
export default class GateReworkCriterion extends compose(BaseModel, tenanted) {
  static table = 'gate_rework_criteria'

  /** The criteria that the decision which stands for a gate sends back; none where it says something else. */
  static async standingAt(gate: { id: string }): Promise<Set<string>> {
    const decision = await GateDecision.standingAt(gate)
    if (decision?.outcome !== 'rework') return new Set()
    const named = await this.query().where('decision_id', decision.id)
    return new Set(named.map(({ criterionId }) => criterionId))
  }

  @column() declare projectId: string
  @column() declare decisionId: string
  @column() declare criterionId: string
}
