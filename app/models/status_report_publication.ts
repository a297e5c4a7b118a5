import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { tenanted } from '#models/mixins/tenanted'

/** A whole report as published; the database lets no one change it. */
export default class StatusReportPublication extends compose(BaseModel, tenanted) {
  @column() declare reportId: string
  /** Canonical JSON. */
  @column() declare body: string
  @column({ columnName: 'sha256' }) declare sha256: string
}
