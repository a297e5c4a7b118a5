import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'

/** The gate that closes a stage of one version of a lifecycle. */
export default class LifecycleTemplateGate extends compose(BaseModel, tenanted, versioned) {
  @column() declare templateId: string
  @column() declare stageId: string
  @column() declare name: string
  @column() declare purpose: string | null
}
