import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { Dimension, Rating } from '#models/health/enumerations'
import { tenanted } from '#models/mixins/tenanted'

/** How a report rates one dimension. The report's events tell of it. */
export default class StatusReportRating extends compose(BaseModel, tenanted) {
  @column() declare reportId: string
  @column() declare dimension: Dimension
  @column() declare rating: Rating
  @column() declare reason: string | null
  @column() declare pathToGreen: string | null
  /** Why the declaration says better than the product computes. */
  @column() declare differenceReason: string | null
}
