import { compose } from '@adonisjs/core/helpers'
import { errors as lucidErrors } from '@adonisjs/lucid'
import { BaseModel, beforeCreate, column, computed, hasMany } from '@adonisjs/lucid/orm'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { HasMany } from '@adonisjs/lucid/types/relations'
import { v7 as uuidv7 } from 'uuid'
import type { Viewer } from '#identity/viewer'
import { idOrNone } from '#models/ids'
import { copyFor, insertCopy, plainStages } from '#models/lifecycle/copy'
import LifecycleTemplate from '#models/lifecycle_template'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'
import { refuseBeyond } from '#models/organisation/quotas'
import { tellLeads } from '#models/project/giving_roles'
import { isAtWork, type ProjectStatus } from '#models/project/states'
import {
  rolesOf,
  rolesOfEntered,
  visibleProjects,
  type visibilities,
} from '#models/project/visibility'
import Stage from '#models/stage'
import ReportSchedule from '#models/report_schedule'
import { refuseTaken } from '#models/violation'
import type { ProjectRole } from '#policies/permissions'
import type { Condition } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A project's columns and someone's roles in it; undefined when there is none. */
export type ProjectRow = { viewer_roles: ProjectRole[] } | undefined

export const CODE_TAKEN = { field: 'code', message: 'Another project already uses this code' }

/** A project: what gates, RAID and reports govern. */
export default class Project extends compose(BaseModel, tenanted, audited, versioned) {
  static audit = {
    type: 'project',
    project: (row: Project) => row.id,
    facts: (row: Project) => ({ ref: row.code }),
    skip: ['createdBy', 'isSample'],
  }

  @column() declare code: string
  @column() declare name: string
  @column() declare description: string | null
  @column() declare status: ProjectStatus
  @column() declare visibility: keyof typeof visibilities
  @column() declare sponsorId: string | null
  @column() declare managerId: string | null
  @column() declare stageId: string | null
  @column() declare programmeId: string | null
  @column() declare baselineStartOn: string | null
  @column() declare baselineEndOn: string | null
  @column() declare forecastStartOn: string | null
  @column() declare forecastEndOn: string | null
  @column() declare isAssistantEnabled: boolean
  /** A sample, to look at and try things on: the portfolio leaves it out. */
  @column() declare isSample: boolean
  @column() declare createdBy: string | null

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
    const [roles, roleValues] = rolesOf(viewer)
    const query = this.query()
      .select('projects.*')
      .select(Tenancy.current().trx.raw(`${roles} as viewer_roles`, roleValues as any[]) as any)
    const visible = visibleProjects(viewer)
    return visible ? query.whereRaw(visible[0], visible[1] as any[]) : query
  }

  /**
   * One visible project by id. Throws E_ROW_NOT_FOUND, also when it is not an id at all. Its row may have been queried
   * `ahead`.
   */
  static async findVisible(viewer: Viewer, id: string, ahead?: Promise<ProjectRow>) {
    const { trx, organisationId } = Tenancy.current()
    const row = await (ahead ?? this.#row(trx, organisationId, id, rolesOf(viewer)))
    // Anyone who may see a project has a role in it, or one that reads them all.
    if (!row || !(viewer.seesEveryProject || row.viewer_roles.length > 0)) {
      throw new lucidErrors.E_ROW_NOT_FOUND(this)
    }
    return this.$createFromAdapterResult(row, undefined, { client: trx }) as Project
  }

  /** Queries a project together with the person's entry, for `findVisible` to show if they may see it. */
  static ahead(trx: TransactionClientContract, organisationId: string, id: string) {
    return this.#row(trx, organisationId, id, rolesOfEntered())
  }

  static async #row(
    client: TransactionClientContract,
    organisationId: string,
    id: string,
    [roles, values]: Condition
  ): Promise<ProjectRow> {
    const [row] = await read(
      client,
      `select ${this.columnNames.join(', ')}, ${roles} as viewer_roles from projects
        where organisation_id = ? and id = ?`,
      [...values, organisationId, idOrNone(id)]
    )
    return row
  }

  /** Creates a project with its own copy of a lifecycle, the first on offer unless one is given, in its first stage. */
  static async begin(attributes: Partial<Project>, chosen?: LifecycleTemplate) {
    await refuseBeyond('projects', 'name')
    const id = uuidv7()
    const lifecycle = chosen ?? (await LifecycleTemplate.offered().first())
    const copy = lifecycle ? copyFor(id, await lifecycle.parts()) : plainStages(id)
    const project = new Project().merge({ ...attributes, id, stageId: copy.stages[0].id })
    if (lifecycle) project.auditBesides({ lifecycle_id: { after: lifecycle.id } })
    const tell = tellLeads(project)
    await refuseTaken(project.save(), CODE_TAKEN)
    await insertCopy(id, copy)
    await tell()
    return project
  }

  /** Saves what was merged since `lockRow` as the next version; no change makes no version. */
  async saveRevision() {
    const isTakenUp = isAtWork(this.status) && !isAtWork(this.$original.status)
    const tell = tellLeads(this)
    await refuseTaken(super.saveRevision(), CODE_TAKEN)
    await tell()
    if (isTakenUp) await ReportSchedule.takeUp(this)
    return this
  }
}
