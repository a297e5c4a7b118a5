import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import {
  SETTLED,
  UNSETTLED,
  type ConditionKind,
  type KeptState,
} from '#models/condition/enumerations'
import { conditionRef } from '#models/condition/refs'
import { isConditionOverdue, shownState } from '#models/condition/states'
import { today } from '#models/days'
import { idOrNone } from '#models/ids'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'
import type Project from '#models/project'

/** A condition of an approval. What was asked, of which kind and by when, is sealed with the decision. */
export default class GateCondition extends compose(BaseModel, tenanted, audited, versioned) {
  static audit = {
    type: 'gate_condition',
    project: (row: GateCondition) => row.projectId,
    facts: (row: GateCondition) => ({
      ref: row.$extras.ref,
      target: row.gateId,
      source: row.decisionId,
      status: row.state,
    }),
    skip: [
      'projectId',
      'gateId',
      'decisionId',
      'number',
      'claimedBy',
      'claimedOn',
      'answeredBy',
      'answeredOn',
    ],
  }

  @column() declare projectId: string
  @column() declare gateId: string
  @column() declare decisionId: string
  @column() declare number: number
  @column() declare text: string
  @column() declare ownerId: string
  @column() declare kind: ConditionKind
  @column() declare dueOn: string
  @column() declare state: KeptState
  /** The evidence that it is met, in its owner's words. */
  @column() declare claim: string | null
  @column() declare claimedBy: string | null
  @column() declare claimedOn: string | null
  /** The comment when it was verified, sent back or waived. */
  @column() declare answer: string | null
  @column() declare answeredBy: string | null
  @column() declare answeredOn: string | null

  /** The conditions of a project, in the order in which they fall due. */
  static of(project: { id: string }) {
    return this.query().where('project_id', project.id).orderBy('due_on').orderBy('id')
  }

  /** The conditions that decisions imposed. */
  static imposedBy(decisions: { id: string }[]) {
    return this.query()
      .whereIn(
        'decision_id',
        decisions.map(({ id }) => id)
      )
      .orderBy('number')
  }

  /** One condition of a project. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static async findIn(project: Project, id: string) {
    const condition = await this.of(project).where('id', idOrNone(id)).firstOrFail()
    return condition.refersTo(project)
  }

  /** Those of a gate that still need something done. */
  static unsettledAt(gate: { id: string }) {
    return this.query().where('gate_id', gate.id).whereIn('state', UNSETTLED)
  }

  /** Tells the condition its project's code, so that it and its audit events can name themselves. */
  refersTo(project: Pick<Project, 'code'>) {
    this.$extras.ref = conditionRef(project.code, this.number)
    return this
  }

  /** Such as ATLAS-C3; needs `refersTo` first. */
  get ref(): string {
    return this.$extras.ref
  }

  get isSettled() {
    return SETTLED.includes(this.state)
  }

  /** The approval lapses because of it. */
  get isOverdue() {
    return isConditionOverdue(this, today())
  }

  get shownState() {
    return shownState(this, today())
  }
}
