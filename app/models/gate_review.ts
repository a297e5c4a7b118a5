import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { record } from '#audit/events'
import { today } from '#models/days'
import type { ReviewStatus } from '#models/deciding/enumerations'
import { UNDER_REVIEW } from '#models/deciding/states'
import type { Terms } from '#models/deciding/rules'
import type Gate from '#models/gate'
import type { DecisionRule } from '#models/gate_defaults'
import { idOrNone } from '#models/ids'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'

/** One round of review of a gate: the pack as submitted, and the rule by which it is decided. */
export default class GateReview extends compose(BaseModel, tenanted, audited, versioned) {
  static audit = {
    type: 'gate_review',
    project: (row: GateReview) => row.projectId,
    facts: (row: GateReview) => ({
      ref: row.$extras.ref,
      target: row.gateId,
      version: row.round,
      seal: row.packSha256,
    }),
    skip: [
      'projectId',
      'gateId',
      'round',
      'status',
      'submittedBy',
      'submittedAt',
      'pack',
      'withdrawnBy',
      'withdrawnAt',
    ],
  }

  @column() declare projectId: string
  @column() declare gateId: string
  @column() declare round: number
  @column() declare status: ReviewStatus
  @column() declare submittedBy: string
  @column.dateTime() declare submittedAt: DateTime
  /** The project's manager at the time of submission, who may not decide it later either. */
  @column() declare managerId: string | null
  @column() declare note: string | null
  @column() declare decideBy: string
  @column() declare decisionRule: DecisionRule
  @column() declare quorum: number
  @column() declare isPolled: boolean
  /** The manifest, as canonical JSON; its sections are in a table of their own. */
  @column() declare pack: string
  @column({ columnName: 'pack_sha256' }) declare packSha256: string
  @column.dateTime() declare pollOpenedAt: DateTime | null
  @column() declare withdrawnBy: string | null
  @column.dateTime() declare withdrawnAt: DateTime | null
  @column() declare withdrawalReason: string | null

  /** The rounds of a gate, the latest first. */
  static of(gate: { id: string }) {
    return this.query().where('gate_id', gate.id).orderBy('round', 'desc')
  }

  /** One round of a gate. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static async findIn(gate: Gate, id: string) {
    const review = await this.of(gate).where('id', idOrNone(id)).firstOrFail()
    return review.refersTo(gate)
  }

  /** Lets its audit events name the gate. */
  refersTo(gate: Gate) {
    this.$extras.ref = gate.ref
    return this
  }

  /** The deciders have not decided it yet, and it was not withdrawn. */
  get isOpen() {
    return UNDER_REVIEW.includes(this.status)
  }

  /** Deciders are still giving their confidence, hidden from each other. */
  get isPolling() {
    return this.isPolled && !this.pollOpenedAt
  }

  get isPastDue() {
    return this.decideBy < today()
  }

  get terms(): Terms {
    const { decisionRule, quorum, isPastDue, isPolling } = this
    return { decisionRule, quorum, isPastDue, isPolling }
  }

  /** Records in the trail that someone exported the pack. */
  async recordExport() {
    const facts = { ...GateReview.audit.facts(this), format: 'zip' }
    const { id: entityId, projectId } = this
    await record({
      action: 'gate_pack.exported',
      entityType: 'gate_review',
      entityId,
      projectId,
      facts,
    })
  }

  /** Raises the version, so that an older page notices that something was said meanwhile. */
  async moveOn() {
    this.lockVersion += 1
    return this.auditSilently().save()
  }
}
