import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { Dimension, Rating } from '#models/health/enumerations'
import { tenanted } from '#models/mixins/tenanted'

/** A report's rating of one dimension. The report's events record it. */
export default class StatusReportRating extends compose(BaseModel, tenanted) {
  @column() declare reportId: string
  @column() declare dimension: Dimension
  @column() declare rating: Rating
  @column() declare reason: string | null
  @column() declare pathToGreen: string | null
  /** Why it was declared better than the product computes. */
  @column() declare differenceReason: string | null
}
