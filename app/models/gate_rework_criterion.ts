import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { tenanted } from '#models/mixins/tenanted'

/** A criterion that a decision sends back to be met. Part of the decision, and as unchangeable. */
export default class GateReworkCriterion extends compose(BaseModel, tenanted) {
  static table = 'gate_rework_criteria'

  @column() declare projectId: string
  @column() declare decisionId: string
  @column() declare criterionId: string
}
