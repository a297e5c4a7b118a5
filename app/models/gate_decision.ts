import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import type { Outcome } from '#models/deciding/enumerations'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'

/** What was decided in a round, sealed with the pack, the votes and the minutes. It never changes. */
export default class GateDecision extends compose(BaseModel, tenanted, audited) {
  static audit = {
    type: 'gate_decision',
    project: (row: GateDecision) => row.projectId,
    facts: (row: GateDecision) => ({
      ref: row.$extras.ref,
      target: row.gateId,
      source: row.reviewId,
      outcome: row.outcome,
      seal: row.recordSha256,
    }),
    skip: [
      'projectId',
      'gateId',
      'reviewId',
      'record',
      'recordSha256',
      'decidedAt',
      'supersedesId',
    ],
  }

  @column() declare projectId: string
  @column() declare gateId: string
  @column() declare reviewId: string
  @column() declare outcome: Outcome
  @column() declare rationale: string
  @column() declare revisitOn: string | null
  /** Whose chair it is. */
  @column() declare chairId: string
  /** Who recorded it: the chair, or a deputy. */
  @column() declare decidedBy: string
  @column.dateTime() declare decidedAt: DateTime
  /** The record that this one corrects. */
  @column() declare supersedesId: string | null
  @column() declare correctionReason: string | null
  /** All of it as canonical JSON: what is sealed. */
  @column() declare record: string
  @column({ columnName: 'record_sha256' }) declare recordSha256: string

  /** The records of a round, the current one first. */
  static in(review: { id: string }) {
    return this.query()
      .where('review_id', review.id)
      .orderBy('decided_at', 'desc')
      .orderBy('id', 'desc')
  }

  /** The current decision for each gate of a project, by the gate's id. */
  static async standingIn(project: { id: string }): Promise<Map<string, GateDecision>> {
    const decisions = await this.query()
      .where('project_id', project.id)
      .orderBy('decided_at')
      .orderBy('id')
    return new Map(decisions.map((decision) => [decision.gateId, decision]))
  }

  /** The outcome of each round of a gate, by the round's id. */
  static async outcomesAt(gate: { id: string }): Promise<Map<string, Outcome>> {
    const decisions = await this.query()
      .select('reviewId', 'outcome')
      .where('gate_id', gate.id)
      .orderBy('decided_at')
      .orderBy('id')
    return new Map(decisions.map(({ reviewId, outcome }) => [reviewId, outcome]))
  }

  /** The current decision for a gate: its latest record; null before its first. */
  static standingAt(gate: { id: string }) {
    return this.query()
      .where('gate_id', gate.id)
      .orderBy('decided_at', 'desc')
      .orderBy('id', 'desc')
      .first()
  }
}
