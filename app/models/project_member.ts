import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'

/** A role in a project beside its one manager and its one sponsor, who stand on the project itself. */
export default class ProjectMember extends compose(BaseModel, tenanted, audited) {
  static audit = {
    type: 'project_member',
    project: (row: ProjectMember) => row.projectId,
  }

  @column()
  declare projectId: string

  @column()
  declare membershipId: string

  @column()
  declare role: 'gate_decider' | 'team' | 'viewer'
}
