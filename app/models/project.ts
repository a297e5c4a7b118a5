import { compose } from '@adonisjs/core/helpers'
import { errors as lucidErrors } from '@adonisjs/lucid'
import { BaseModel, beforeCreate, column, computed, hasMany } from '@adonisjs/lucid/orm'
import type { HasMany } from '@adonisjs/lucid/types/relations'
import { errors } from '@vinejs/vine'
import { NIL, v7 as uuidv7, validate as isUuid } from 'uuid'
import type { Viewer } from '#identity/viewer'
import { whyLocked } from '#models/condition/locks'
import { gatesBefore, gatesLeft, type GateAhead } from '#models/gate/passage'
import { copyFor, insertCopy, plainStages } from '#models/lifecycle/copy'
import LifecycleTemplate from '#models/lifecycle_template'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import Membership from '#models/membership'
import { refuseBeyond } from '#models/organisation/quotas'
import type { Violation } from '#models/raid/rules'
import { StaleRecord } from '#models/stale_record'
import Stage from '#models/stage'
import type { ProjectRole } from '#policies/permissions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export const projectStatuses = {
  proposed: 'Proposed',
  active: 'Active',
  on_hold: 'On hold',
  closing: 'Closing',
  closed: 'Closed',
  cancelled: 'Cancelled',
} as const

export type ProjectStatus = keyof typeof projectStatuses

export const visibilities = {
  members: 'Only people with a role in it',
  organisation: 'Everyone in the organisation',
} as const

/** Where a project may go next. Closed and cancelled projects may be taken up again. */
export const projectTransitions: Record<ProjectStatus, ProjectStatus[]> = {
  proposed: ['active', 'cancelled'],
  active: ['on_hold', 'closing', 'cancelled'],
  on_hold: ['active', 'cancelled'],
  closing: ['closed', 'active'],
  closed: ['active'],
  cancelled: ['proposed'],
}

const UNIQUE_VIOLATION = '23505'
const CODE_TAKEN: Violation = { field: 'code', message: 'Another project already uses this code' }

/** A project: the unit that gates, RAID and reports govern. */
export default class Project extends compose(BaseModel, tenanted, audited) {
  static audit = {
    type: 'project',
    project: (row: Project) => row.id,
    facts: (row: Project) => ({ ref: row.code }),
    skip: ['createdBy', 'isSample'],
  }

  @column()
  declare code: string

  @column()
  declare name: string

  @column()
  declare description: string | null

  @column()
  declare status: ProjectStatus

  @column()
  declare visibility: keyof typeof visibilities

  @column()
  declare sponsorId: string | null

  @column()
  declare managerId: string | null

  @column()
  declare stageId: string | null

  @column()
  declare programmeId: string | null

  @column()
  declare baselineStartOn: string | null

  @column()
  declare baselineEndOn: string | null

  @column()
  declare forecastStartOn: string | null

  @column()
  declare forecastEndOn: string | null

  @column()
  declare isAssistantEnabled: boolean

  /** Made up, to look at and to try things on: the portfolio leaves it out. */
  @column()
  declare isSample: boolean

  @column()
  declare lockVersion: number

  @column()
  declare createdBy: string | null

  @hasMany(() => Stage, { onQuery: (query) => query.orderBy('position') })
  declare stages: HasMany<typeof Stage>

  /** The viewer's roles in this project; set by `visibleTo`. */
  @computed()
  get viewerRoles(): ProjectRole[] {
    return this.$extras.viewer_roles ?? []
  }

  @beforeCreate()
  static recordCreator(project: Project) {
    project.createdBy ??= Tenancy.current().membershipId
    project.status ??= 'proposed'
    project.visibility ??= 'members'
    project.isAssistantEnabled ??= true
    project.isSample ??= false
    project.lockVersion ??= 1
  }

  /** The projects that the viewer may see, each with the viewer's roles in it. */
  static visibleTo(viewer: Viewer) {
    const query = this.query().select('projects.*').select(viewerRoles(viewer.membershipId))
    if (viewer.seesEveryProject) return query
    return query.where((visible) =>
      visible
        .where('visibility', 'organisation')
        .orWhere('manager_id', viewer.membershipId)
        .orWhere('sponsor_id', viewer.membershipId)
        .orWhereExists((member) =>
          member
            .from('project_members')
            .whereColumn('project_members.organisation_id', 'projects.organisation_id')
            .whereColumn('project_members.project_id', 'projects.id')
            .where('project_members.membership_id', viewer.membershipId)
        )
    )
  }

  /** One visible project by id. Throws E_ROW_NOT_FOUND, also for what is not an id at all. */
  static async findVisible(viewer: Viewer, id: string): Promise<Project> {
    const { trx, organisationId } = Tenancy.current()
    const me = viewer.membershipId
    const columns = [...this.$columnsDefinitions.values()].map(({ columnName }) => columnName)
    const [row] = await read(
      trx,
      `select ${columns.join(', ')}, ${VIEWER_ROLES} as viewer_roles from projects
        where organisation_id = ? and id = ? ${viewer.seesEveryProject ? '' : `and ${VISIBLE}`}`,
      [
        me,
        me,
        me,
        organisationId,
        isUuid(id) ? id : NIL,
        ...(viewer.seesEveryProject ? [] : [me, me, me]),
      ]
    )
    if (!row) throw new lucidErrors.E_ROW_NOT_FOUND(this as any)
    return this.$createFromAdapterResult(row, undefined, { client: trx }) as Project
  }

  /**
   * Begins a project with its own copy of a lifecycle, the first on offer unless another is given, standing
   * in the first stage.
   */
  static async begin(attributes: Partial<Project>, chosen?: LifecycleTemplate) {
    await refuseBeyond('projects', 'name')
    const id = uuidv7()
    const lifecycle = chosen ?? (await LifecycleTemplate.offered().first())
    const copy = lifecycle ? copyFor(id, await lifecycle.parts()) : plainStages(id)
    const project = new Project().merge({ ...attributes, id, stageId: copy.stages[0].id })
    if (lifecycle) project.auditBesides({ lifecycle_id: { after: lifecycle.id } })
    await project.#saveUnique()
    await insertCopy(id, copy)
    return project
  }

  /** Waits for other writers of this row and throws StaleRecord if it changed since `lockVersion`. */
  async lockRow(lockVersion: number) {
    const present = await Project.query().where('id', this.id).forUpdate().firstOrFail()
    if (present.lockVersion !== lockVersion) throw new StaleRecord(present)
  }

  /** Saves what was merged since `lockRow` as the next version; nothing merged is no version. */
  async saveRevision() {
    if (!this.$isDirty) return this
    this.lockVersion += 1
    return this.#saveUnique()
  }

  /** Two projects may be given one code at the same moment: only the database can tell. */
  async #saveUnique() {
    return this.save().catch((error) => {
      if (error.code !== UNIQUE_VIOLATION) throw error
      throw new errors.E_VALIDATION_ERROR([{ ...CODE_TAKEN, rule: 'unique' }])
    })
  }

  /** True when the present status may follow `from`, or is the same. */
  mayMove(from: ProjectStatus) {
    return from === this.status || projectTransitions[from].includes(this.status)
  }

  /** Says where a project in status `from` may go instead. */
  whyNot(from: ProjectStatus) {
    const next = projectTransitions[from].map((status) => projectStatuses[status].toLowerCase())
    return `From ${projectStatuses[from].toLowerCase()} a project can become ${next.join(' or ')}`
  }

  /** The rules that reach beyond one field, checked on what is about to be saved. */
  async violations(): Promise<Violation[]> {
    return [
      ...this.#wrongDates(),
      ...(await this.#takenCode()),
      ...(await this.#unknownReferences()),
      ...(await this.#unpassedGates()),
    ]
  }

  #wrongDates(): Violation[] {
    return (['baseline', 'forecast'] as const).flatMap((kind) => {
      const start = this[`${kind}StartOn`]
      const end = this[`${kind}EndOn`]
      if (!start || !end || start <= end) return []
      return [{ field: `${kind}_end_on`, message: 'The end comes before the start' }]
    })
  }

  async #takenCode(): Promise<Violation[]> {
    if (!this.$dirty.code) return []
    const other = await Project.query()
      .where('code', this.code)
      .whereNot('id', this.id ?? NIL)
      .first()
    return other ? [CODE_TAKEN] : []
  }

  async #unknownReferences(): Promise<Violation[]> {
    const people = { managerId: 'manager_id', sponsorId: 'sponsor_id' } as const
    const named = (Object.keys(people) as (keyof typeof people)[]).filter(
      (name) => name in this.$dirty && this[name]
    )
    const active = await Membership.active(named.map((name) => this[name]!))
    const unknown: Violation[] = named
      .filter((name) => !active.has(this[name]!))
      .map((name) => ({
        field: people[name],
        message: 'Choose an active member of the organisation',
      }))
    if (this.$dirty.stageId && this.id) {
      const stage = await Stage.query()
        .where('id', this.stageId!)
        .where('project_id', this.id)
        .first()
      if (!stage) unknown.push({ field: 'stage_id', message: 'Choose one of the project’s stages' })
    }
    return unknown
  }

  /** Nobody walks past a gate: it opens when it is approved, and when nothing keeps it locked. */
  async #unpassedGates(): Promise<Violation[]> {
    if (!this.id) return []
    const found: Violation[] = []
    if (this.$dirty.stageId) {
      const [gate] = await gatesBefore(this, this.stageId!)
      const lock = gate
        ? `${gate.ref} ${gate.name} ${gate.how}. The stages behind it begin once it is approved.`
        : await whyLocked(this, this.stageId!)
      if (lock) found.push({ field: 'stage_id', message: lock })
    }
    if (this.$dirty.status && this.status === 'closed') {
      const [gate] = await gatesLeft(this)
      if (gate) found.push({ field: 'status', message: whyOpen(gate) })
    }
    return found
  }
}

function whyOpen({ ref, name, how }: GateAhead) {
  return `${ref} ${name} ${how}. A project closes once its gates are approved; otherwise it is cancelled.`
}

const VIEWER_ROLES = `array_remove(array[case when projects.manager_id = ? then 'manager' end,
                          case when projects.sponsor_id = ? then 'sponsor' end,
                          case when projects.visibility = 'organisation' then 'viewer' end], null)
       || array(select role from project_members
                where project_members.organisation_id = projects.organisation_id
                  and project_members.project_id = projects.id
                  and project_members.membership_id = ?)`

const VISIBLE = `(visibility = 'organisation' or manager_id = ? or sponsor_id = ?
  or exists (select from project_members
    where project_members.organisation_id = projects.organisation_id
      and project_members.project_id = projects.id and project_members.membership_id = ?))`

function viewerRoles(membershipId: string) {
  return Tenancy.current().trx.raw(`${VIEWER_ROLES} as viewer_roles`, [
    membershipId,
    membershipId,
    membershipId,
  ]) as any
}
