import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { boardViolations, type NamedSeat } from '#models/deciding/naming'
import { UNDER_REVIEW } from '#models/deciding/states'
import type Gate from '#models/gate'
import GateDecider from '#models/gate_decider'
import GateDefaults, { type DecisionRule } from '#models/gate_defaults'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'
import type Project from '#models/project'
import { StaleRecord } from '#models/saving/stale_record'
import { refuse, refuseAll } from '#models/violation'

export type BoardTerms = { decisionRule: DecisionRule; quorum: number; isPolled: boolean }

/** Who decides at one gate, and by which rule. */
export default class GateBoard extends compose(BaseModel, tenanted, audited, versioned) {
  static audit = {
    type: 'gate_board',
    project: (row: GateBoard) => row.projectId,
    facts: (row: GateBoard) => ({ ref: row.$extras.ref, target: row.gateId }),
    skip: ['projectId', 'gateId'],
  }

  @column() declare projectId: string
  @column() declare gateId: string
  @column() declare decisionRule: DecisionRule
  @column() declare quorum: number
  /** Whether deciders give their confidence, hidden from each other, before they vote. */
  @column() declare isPolled: boolean

  /** The gate's board; until one is set, the organisation's defaults, at version 0. */
  static async of(gate: Gate): Promise<GateBoard> {
    const kept = await this.query().where('gate_id', gate.id).first()
    const board = kept ?? (await this.#byDefault(gate))
    board.$extras.ref = gate.ref
    return board
  }

  static async #byDefault(gate: Gate) {
    const { decisionRule, quorum, pollEnabled } = await GateDefaults.current()
    return new GateBoard().merge({
      projectId: gate.projectId,
      gateId: gate.id,
      decisionRule,
      quorum,
      isPolled: pollEnabled,
      lockVersion: 0,
    })
  }

  /** The same board, read once no one else can change it; call it with the gate's row locked. */
  static async locked(gate: Gate, lockVersion: number) {
    const board = await this.of(gate)
    if (board.lockVersion !== lockVersion) throw new StaleRecord(board)
    return board
  }

  /** Sets rule and seats together. The gate's row is locked, so that no round begins meanwhile. */
  async set(project: Project, gate: Gate, terms: BoardTerms, seats: NamedSeat[]) {
    if (UNDER_REVIEW.includes(gate.status)) {
      refuse('board', 'The gate is submitted. Withdraw the submission to change its deciders.')
    }
    this.merge({ ...terms } as any)
    refuseAll(await boardViolations(project, terms, seats))
    const changes = await GateDecider.changes(gate, seats)
    if (!this.$isDirty && !changes) return this
    this.lockVersion += 1
    await this.auditAs('gate_board.updated')
      .auditBesides(changes ?? {})
      .save()
    if (changes) await GateDecider.replace(gate, seats)
    return this
  }
}
