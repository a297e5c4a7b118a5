import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { CheckKind, Weight } from '#models/gate/enumerations'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'

/** What a gate of one version of a lifecycle requires. */
export default class LifecycleTemplateCriterion extends compose(BaseModel, tenanted, versioned) {
  static table = 'lifecycle_template_criteria'

  @column() declare templateId: string
  @column() declare gateId: string
  @column() declare position: number
  @column() declare title: string
  @column() declare guidance: string | null
  @column() declare weight: Weight
  @column() declare checkKind: CheckKind
  @column() declare rule: string | null
  @column() declare evidenceRequired: boolean
}
