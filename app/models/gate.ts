import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { NIL, validate as isUuid } from 'uuid'
import { UNSUBMITTED, type GateStatus } from '#models/gate/enumerations'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'
import type Project from '#models/project'

/** A gate of one project, which closes a stage: what must be shown, and whether the work may go on. */
export default class Gate extends compose(BaseModel, tenanted, audited, versioned) {
  static audit = {
    type: 'gate',
    project: (row: Gate) => row.projectId,
    facts: (row: Gate) => ({ ref: row.$extras.ref, status: row.status }),
    skip: ['projectId', 'lockVersion'],
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
  /** The date first promised; `baselineOn` may be another one, for a reason. */
  @column() declare firstBaselineOn: string | null
  @column() declare baselineOn: string | null
  @column() declare baselineReason: string | null
  @column() declare forecastOn: string | null
  @column() declare actualOn: string | null

  /** The gates of a project in their order. */
  static of(project: { id: string }) {
    return this.query().where('project_id', project.id).orderBy('position')
  }

  /** One gate of a project. Throws E_ROW_NOT_FOUND, also for what is not an id at all. */
  static async findIn(project: Project, id: string) {
    const gate = await this.of(project)
      .where('id', isUuid(id) ? id : NIL)
      .firstOrFail()
    return gate.refersTo(project)
  }

  /** Lets the gate know its project's code, so that it and its audit events can name themselves. */
  refersTo(project: Pick<Project, 'code'>) {
    this.$extras.ref = gateRef(project.code, this.number)
    return this
  }

  /** Such as ATLAS-G2; needs `refersTo` first. */
  get ref(): string {
    return this.$extras.ref
  }

  /** Nothing of it was put before the deciders yet. */
  get isUnsubmitted() {
    return UNSUBMITTED.includes(this.status)
  }
}

/** Such as ATLAS-G2: the project's code and the gate's number in it. */
export function gateRef(code: string, number: number) {
  return `${code}-G${number}`
}
