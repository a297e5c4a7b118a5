import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'

/** A stage of one project's lifecycle, copied into the project. */
export default class Stage extends compose(BaseModel, tenanted, audited, versioned) {
  static audit = {
    type: 'stage',
    project: (row: Stage) => row.projectId,
    skip: ['projectId', 'position', 'lockVersion'],
  }

  @column() declare projectId: string
  @column() declare position: number
  @column() declare name: string
  @column() declare baselineStartOn: string | null
  @column() declare baselineEndOn: string | null
  @column() declare forecastStartOn: string | null
  @column() declare forecastEndOn: string | null
  @column() declare actualStartOn: string | null
  @column() declare actualEndOn: string | null
}
