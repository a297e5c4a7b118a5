import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { tenanted } from '#models/mixins/tenanted'

/** A decision that a report asks for. The report's events record it. */
export default class StatusReportDecision extends compose(BaseModel, tenanted) {
  @column() declare reportId: string
  @column() declare position: number
  @column() declare what: string
  /** Who has to decide. */
  @column() declare ownerId: string | null
  @column() declare dueOn: string | null
}
