import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import GateCriterion from '#models/gate_criterion'
import { tenanted } from '#models/mixins/tenanted'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A criterion that a decision sent back to be met. Part of the decision, and as unchangeable. */
export default class GateReworkCriterion extends compose(BaseModel, tenanted) {
  static table = 'gate_rework_criteria'

  /** The criteria sent back by the current decision on a gate; none if it says something else. */
  static async standingAt(gate: { id: string }): Promise<Set<string>> {
    const { trx, organisationId } = Tenancy.current()
    const named = await read<{ id: string }>(trx, STANDING, [
      organisationId,
      organisationId,
      gate.id,
    ])
    return new Set(named.map(({ id }) => id))
  }

  /** The criteria that a decision sends back, in their order. */
  static namedIn(decision: { id: string }): Promise<GateCriterion[]> {
    const ids = this.query().select('criterion_id').where('decision_id', decision.id)
    return GateCriterion.query().whereIn('id', ids).orderBy('position')
  }

  @column() declare projectId: string
  @column() declare decisionId: string
  @column() declare criterionId: string
}

const STANDING = `
  select criterion_id as id from gate_rework_criteria
   where organisation_id = ? and decision_id = (select id from gate_decisions
     where organisation_id = ? and gate_id = ? order by decided_at desc, id desc limit 1)`
