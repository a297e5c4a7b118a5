import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import type { ConfidenceRating } from '#models/health/enumerations'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'

/** How likely a project is to deliver, as assurance judged at one moment. It never changes. */
export default class DeliveryConfidence extends compose(BaseModel, tenanted, audited) {
  static audit = {
    type: 'delivery_confidence',
    project: (row: DeliveryConfidence) => row.projectId,
    facts: (row: DeliveryConfidence) => ({ status: row.rating, target: row.gateId }),
    skip: ['projectId', 'gateId', 'givenBy', 'givenAt'],
  }

  @column() declare projectId: string
  /** The gate that it was given for, if any. */
  @column() declare gateId: string | null
  @column() declare rating: ConfidenceRating
  @column() declare rationale: string
  @column() declare givenBy: string
  @column.dateTime() declare givenAt: DateTime
}
