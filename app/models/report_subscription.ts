import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { idOrNone } from '#models/ids'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import type Project from '#models/project'
import { takeTurns } from '#models/saving/turns'

/** A member who is told when a report of the project is published. */
export default class ReportSubscription extends compose(BaseModel, tenanted, audited) {
  static audit = {
    type: 'report_subscription',
    project: (row: ReportSubscription) => row.projectId,
    facts: (row: ReportSubscription) => ({ target: row.membershipId }),
    skip: ['projectId'],
  }

  @column() declare projectId: string
  @column() declare membershipId: string

  static of(project: { id: string }) {
    return this.query().where('project_id', project.id).orderBy('id')
  }

  /** One subscription of a project. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findIn(project: { id: string }, id: string) {
    return this.of(project).where('id', idOrNone(id)).firstOrFail()
  }

  static ofMember(project: { id: string }, membershipId: string) {
    return this.of(project).where('membership_id', membershipId).first()
  }

  /** Adds a member who may read the project; present subscribers stay. */
  static async add(project: Project, membershipId: string) {
    await takeTurns('memberships', membershipId)
    const kept = await this.ofMember(project, membershipId)
    return kept ?? this.create({ projectId: project.id, membershipId })
  }
}
