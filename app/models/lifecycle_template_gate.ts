import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { tenanted } from '#models/mixins/tenanted'

/** The gate that closes a stage of one version of a lifecycle. */
export default class LifecycleTemplateGate extends compose(BaseModel, tenanted) {
  @column()
  declare templateId: string

  @column()
  declare stageId: string

  @column()
  declare name: string

  @column()
  declare purpose: string | null
}
