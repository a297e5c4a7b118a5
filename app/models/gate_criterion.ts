import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import type Gate from '#models/gate'
import {
  type Assessment,
  type CheckKind,
  type Exemption,
  type WaiverState,
  type Weight,
} from '#models/gate/enumerations'
import { idOrNone } from '#models/ids'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'

/** What one gate requires, and how far it is met. */
export default class GateCriterion extends compose(BaseModel, tenanted, audited, versioned) {
  static table = 'gate_criteria'

  static audit = {
    type: 'gate_criterion',
    project: (row: GateCriterion) => row.projectId,
    facts: (row: GateCriterion) => ({
      ref: row.$extras.ref,
      target: row.gateId,
      status: row.assessment,
    }),
    skip: [
      'projectId',
      'gateId',
      'position',
      'assessedBy',
      'assessedAt',
      'waiverRequestedBy',
      'waiverRequestedAt',
      'waiverAnsweredBy',
      'waiverAnsweredAt',
    ],
  }

  @column() declare projectId: string
  @column() declare gateId: string
  @column() declare position: number
  @column() declare title: string
  /** What good looks like. */
  @column() declare guidance: string | null
  @column() declare weight: Weight
  @column() declare checkKind: CheckKind
  @column() declare rule: string | null
  @column() declare evidenceRequired: boolean
  @column() declare assessment: Assessment
  @column() declare note: string | null
  @column() declare ownerId: string | null
  @column() declare assessedBy: string | null
  @column.dateTime() declare assessedAt: DateTime | null
  @column() declare waiverState: WaiverState | null
  /** What the criterion becomes if the chair agrees. */
  @column() declare waiverAs: Exemption | null
  @column() declare waiverReason: string | null
  @column() declare waiverRequestedBy: string | null
  @column.dateTime() declare waiverRequestedAt: DateTime | null
  @column() declare waiverAnsweredBy: string | null
  @column.dateTime() declare waiverAnsweredAt: DateTime | null
  @column() declare waiverAnswer: string | null

  /** The criteria of a gate in their order. */
  static of(gate: { id: string }) {
    return this.query().where('gate_id', gate.id).orderBy('position')
  }

  /** One criterion of a gate. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static async findIn(gate: Gate, id: string) {
    const criterion = await this.of(gate).where('id', idOrNone(id)).firstOrFail()
    return criterion.refersTo(gate)
  }

  /** Lets its audit events name the gate. */
  refersTo(gate: Gate) {
    this.$extras.ref = gate.$extras.ref
    return this
  }

  get isMust() {
    return this.weight === 'must_meet'
  }
}
