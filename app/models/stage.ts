import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { tenanted } from '#models/mixins/tenanted'

/** The stages that a new project begins with: the Light lifecycle, three gates between them. */
export const LIGHT_STAGES = ['Initiation', 'Planning', 'Delivery', 'Closure']

/** A stage of one project's lifecycle, copied into the project. */
export default class Stage extends compose(BaseModel, tenanted) {
  @column()
  declare projectId: string

  @column()
  declare position: number

  @column()
  declare name: string
}
