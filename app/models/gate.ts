import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { UNSUBMITTED, type GateStatus } from '#models/gate/enumerations'
import { gateRef } from '#models/gate/refs'
import { idOrNone } from '#models/ids'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'
import type Project from '#models/project'
import { refuse } from '#models/violation'

export type GateDates = Pick<Gate, 'baselineOn' | 'forecastOn'>

/** A gate of one project, which closes a stage: what must be shown, and whether the work may continue. */
export default class Gate extends compose(BaseModel, tenanted, audited, versioned) {
  static audit = {
    type: 'gate',
    project: (row: Gate) => row.projectId,
    facts: (row: Gate) => ({ ref: row.$extras.ref, status: row.status }),
    skip: ['projectId'],
  }

  @column() declare projectId: string
  @column() declare number: number
  /** The stage that the gate closes. */
  @column() declare stageId: string
  /** The version of the lifecycle that it was copied from. */
  @column() declare templateId: string
  @column() declare position: number
  @column() declare name: string
  @column() declare purpose: string | null
  @column() declare status: GateStatus
  /** The date first promised; `baselineOn` may differ, for a reason. */
  @column() declare firstBaselineOn: string | null
  @column() declare baselineOn: string | null
  @column() declare baselineReason: string | null
  @column() declare forecastOn: string | null
  @column() declare actualOn: string | null

  /** The gates of a project in their order. */
  static of(project: { id: string }) {
    return this.query().where('project_id', project.id).orderBy('position')
  }

  /** One gate of a project. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static async findIn(project: Project, id: string) {
    const gate = await this.of(project).where('id', idOrNone(id)).firstOrFail()
    return gate.refersTo(project)
  }

  /** Tells the gate its project's code, so that it and its audit events can name themselves. */
  refersTo(project: Pick<Project, 'code'>) {
    this.$extras.ref = gateRef(project.code, this.number)
    return this
  }

  /** Such as ATLAS-G2; needs `refersTo` first. */
  get ref(): string {
    return this.$extras.ref
  }

  /** Sets the expected date of the gate, and its baseline if it has none: later a baseline moves only for a reason. */
  async schedule({ baselineOn, forecastOn }: Partial<GateDates>, lockVersion: number) {
    await this.lockRow(lockVersion)
    this.#refuseOnceDecided('forecast_on')
    if (baselineOn !== undefined && baselineOn !== this.baselineOn) {
      if (this.baselineOn) refuse('baseline_on', 'Set a new baseline, with its reason')
      this.baselineOn = this.firstBaselineOn = baselineOn
    }
    if (forecastOn !== undefined) this.forecastOn = forecastOn
    return this.auditAs('gate.rescheduled').saveRevision()
  }

  /** Moves the baseline, with a reason that is kept. */
  async rebaseline(baselineOn: string, reason: string, lockVersion: number) {
    await this.lockRow(lockVersion)
    this.#refuseOnceDecided('baseline_on')
    if (!this.baselineOn)
      refuse('baseline_on', 'This gate has no baseline yet. Set it with its dates.')
    if (this.baselineOn === baselineOn) refuse('baseline_on', 'That is the baseline already')
    this.merge({ baselineOn, baselineReason: reason } as any)
    return this.auditAs('gate.rebaselined').saveRevision()
  }

  #refuseOnceDecided(field: string) {
    if (this.status === 'decided') refuse(field, 'The gate is decided; its dates stay as they are')
  }

  /** Nothing of it has been submitted to the deciders yet. */
  get isUnsubmitted() {
    return UNSUBMITTED.includes(this.status)
  }
}
