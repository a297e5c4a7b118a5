import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'

/** A stage of one version of a lifecycle. Changes are recorded in the trail of that version. */
export default class LifecycleTemplateStage extends compose(BaseModel, tenanted, versioned) {
  @column() declare templateId: string
  @column() declare position: number
  @column() declare name: string
}
