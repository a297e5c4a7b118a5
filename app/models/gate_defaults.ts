import { compose } from '@adonisjs/core/helpers'
import { BaseModel, beforeSave, column } from '@adonisjs/lucid/orm'
import { audited } from '#models/mixins/audited'
import { onePerOrganisation } from '#models/mixins/one_per_organisation'
import { tenanted } from '#models/mixins/tenanted'
import { refuse } from '#models/violation'

/** Who decides at a gate, and what their votes count. */
export const decisionRules = {
  sole_decider: 'One person decides',
  chair_after_advice: 'The chair decides after advice',
  majority: 'A majority decides',
  unanimous: 'All deciders must agree',
} as const
export type DecisionRule = keyof typeof decisionRules

/** How gates of the organisation are decided unless a gate says otherwise. */
export default class GateDefaults extends compose(
  BaseModel,
  tenanted,
  audited,
  onePerOrganisation
) {
  static table = 'gate_defaults'
  static audit = { type: 'gate_defaults' }

  @column() declare decisionRule: DecisionRule
  /** How many deciders must have voted before a decision can be made. */
  @column() declare quorum: number
  /** How many days before a review its deciders are reminded; 0 is the day itself. */
  @column() declare reminderDays: number
  /** Whether deciders give their confidence, hidden from each other, before they vote. */
  @column() declare pollEnabled: boolean
  /** Whether a project's manager may publish its status reports, as its sponsor and the PMO always may. */
  @column() declare managerPublishes: boolean

  @beforeSave()
  static refuseImpossibleQuorum(row: GateDefaults) {
    if (row.decisionRule !== 'sole_decider' || row.quorum === 1) return
    refuse('quorum', 'If one person decides, the quorum must be 1')
  }
}
