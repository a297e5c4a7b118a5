import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { audited } from '#models/mixins/audited'
import { onePerOrganisation } from '#models/mixins/one_per_organisation'
import { tenanted } from '#models/mixins/tenanted'

/** Who decides at a gate, and what their votes count. */
export const decisionRules = {
  sole_decider: 'One person decides',
  chair_after_advice: 'The chair decides after advice',
  majority: 'A majority decides',
  unanimous: 'All deciders must agree',
} as const
export type DecisionRule = keyof typeof decisionRules

/** How gates of the organisation are decided where a gate itself does not say otherwise. */
export default class GateDefaults extends compose(
  BaseModel,
  tenanted,
  audited,
  onePerOrganisation
) {
  static table = 'gate_defaults'
  static audit = { type: 'gate_defaults' }

  @column()
  declare decisionRule: DecisionRule

  /** How many deciders must have voted before a decision stands. */
  @column()
  declare quorum: number

  /** So many days before a review its deciders are reminded; 0 is the day itself. */
  @column()
  declare reminderDays: number

  /** Whether deciders give their confidence, unseen by each other, before they vote. */
  @column()
  declare pollEnabled: boolean
}
