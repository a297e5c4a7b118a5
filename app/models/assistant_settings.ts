import { compose } from '@adonisjs/core/helpers'
import { BaseModel, beforeSave, column } from '@adonisjs/lucid/orm'
import { audited } from '#models/mixins/audited'
import { onePerOrganisation } from '#models/mixins/one_per_organisation'
import { tenanted } from '#models/mixins/tenanted'
import { refuse } from '#models/violation'

/** Whether members may ask the assistant, and what it may cost. It is off until someone switches it on. */
export default class AssistantSettings extends compose(
  BaseModel,
  tenanted,
  audited,
  onePerOrganisation
) {
  static table = 'assistant_settings'
  static audit = { type: 'assistant_settings', skip: ['currency'] }

  @column() declare isEnabled: boolean
  @column() declare currency: 'GBP'
  /** What all members together may spend in a calendar month, in pence; 0 means no limit. */
  @column() declare monthlyBudget: number
  /** What each of them may spend, in pence; 0 means no limit. */
  @column() declare personalBudget: number

  @beforeSave()
  static refuseImpossibleBudget({ monthlyBudget, personalBudget }: AssistantSettings) {
    if (monthlyBudget === 0 || personalBudget <= monthlyBudget) return
    refuse('personal_budget', 'One person cannot have more than the organisation')
  }
}
