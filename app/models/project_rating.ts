import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import type { Dimension, Rating } from '#models/health/enumerations'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'

/** A project's rating in one dimension, as declared at one moment. It never changes. */
export default class ProjectRating extends compose(BaseModel, tenanted, audited) {
  static audit = {
    type: 'project_rating',
    project: (row: ProjectRating) => row.projectId,
    facts: (row: ProjectRating) => ({
      kind: row.dimension,
      status: row.rating,
      source: row.reportId,
    }),
    skip: ['projectId', 'declaredBy', 'declaredAt', 'reportId'],
  }

  @column() declare projectId: string
  @column() declare dimension: Dimension
  @column() declare rating: Rating
  @column() declare reason: string | null
  @column() declare pathToGreen: string | null
  /** What the product computed at that moment. */
  @column() declare computedRating: Rating
  /** Why it was declared better than that. */
  @column() declare differenceReason: string | null
  @column() declare declaredBy: string
  @column.dateTime() declare declaredAt: DateTime
  /** The status report that declared it. */
  @column() declare reportId: string | null
}
