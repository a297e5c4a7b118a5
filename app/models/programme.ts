import { compose } from '@adonisjs/core/helpers'
import { BaseModel, beforeCreate, column } from '@adonisjs/lucid/orm'
import type { Viewer } from '#identity/viewer'
import { idOrNone } from '#models/ids'
import Membership from '#models/membership'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'
import Project from '#models/project'
import { orGone, refuse, refuseTaken } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

export type ProgrammeFields = Pick<Programme, 'code' | 'name' | 'description' | 'managerId'>

const CODE_TAKEN = { field: 'code', message: 'Another programme already uses this code' }

/** Projects that are run together for one outcome. It gives no access: who may read a project is up to the project. */
export default class Programme extends compose(BaseModel, tenanted, audited, versioned) {
  static audit = {
    type: 'programme',
    facts: (row: Programme) => ({ ref: row.code }),
    skip: ['createdBy'],
  }

  @column() declare code: string
  @column() declare name: string
  @column() declare description: string | null
  @column() declare managerId: string | null
  @column() declare createdBy: string | null

  @beforeCreate()
  static recordCreator(programme: Programme) {
    programme.createdBy ??= Tenancy.current().membershipId
    programme.lockVersion ??= 1
  }

  static inOrder() {
    return this.query().orderBy('code')
  }

  /** One programme by id. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findById(id: string) {
    return this.query().where('id', idOrNone(id)).firstOrFail()
  }

  static async begin(fields: ProgrammeFields) {
    const programme = new Programme().merge(fields)
    await programme.#refuseUnknownManager()
    return refuseTaken(programme.save(), CODE_TAKEN)
  }

  /** Throws StaleRecord when it changed since `lockVersion`. */
  async revise(fields: ProgrammeFields, lockVersion: number) {
    await this.lockRow(lockVersion)
    this.merge({ ...fields } as any)
    await this.#refuseUnknownManager()
    return refuseTaken(this.saveRevision(), CODE_TAKEN)
  }

  /** Only an empty one can be deleted: the programme of a project is part of its record. */
  async end(lockVersion: number) {
    await this.lockRow(lockVersion)
    const project = await Project.query().where('programme_id', this.id).first()
    if (project)
      refuse('programme', 'Remove its projects first. You can delete only an empty programme.')
    await this.delete()
  }

  /** The projects in it that the viewer may see. */
  projectsFor(viewer: Viewer) {
    return Project.visibleTo(viewer)
      .where('projects.programme_id', this.id)
      .orderBy('projects.code')
  }

  /** Adds a project, taking it out of any other programme. */
  async take(project: Project) {
    await project.lockRow(project.lockVersion)
    project.programmeId = this.id
    return orGone(project.saveRevision())
  }

  /** Removes a project; one that is not in it stays where it is. */
  async release(project: Project) {
    if (project.programmeId !== this.id) return project
    await project.lockRow(project.lockVersion)
    project.programmeId = null
    return project.saveRevision()
  }

  async #refuseUnknownManager() {
    if (!this.managerId || !('managerId' in this.$dirty)) return
    const active = await Membership.active([this.managerId])
    if (!active.has(this.managerId)) {
      refuse('manager_id', 'Choose an active member of the organisation')
    }
  }
}
