import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { idOrNone } from '#models/ids'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { seatStays, sittingIn } from '#models/deciding/sitting'
import type Project from '#models/project'
import { refuse, refuseTaken } from '#models/violation'

export const GRANTABLE = ['gate_decider', 'team', 'viewer'] as const
export type GrantableRole = (typeof GRANTABLE)[number]

const TAKEN = { field: 'role', message: 'This person already has that role in the project' }

/** A role in a project besides its one manager and its one sponsor, who are columns of the project itself. */
export default class ProjectMember extends compose(BaseModel, tenanted, audited) {
  static audit = {
    type: 'project_member',
    project: (row: ProjectMember) => row.projectId,
  }

  @column() declare projectId: string
  @column() declare membershipId: string
  @column() declare role: GrantableRole

  /** One role of a project. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findIn(project: { id: string }, id: string) {
    return this.query().where('project_id', project.id).where('id', idOrNone(id)).firstOrFail()
  }

  /** Removes the role, unless it gives its holder a seat at a gate under review. */
  async takeAway(project: Pick<Project, 'id' | 'code' | 'sponsorId'>) {
    if (this.role === 'gate_decider' && this.membershipId !== project.sponsorId) {
      const sitting = await sittingIn(project)
      const seat = sitting.find(({ membershipId }) => membershipId === this.membershipId)
      if (seat) refuse('removal', seatStays(seat, 'This person'))
    }
    return this.delete()
  }

  /** Gives a member a role. */
  static grant(project: { id: string }, membershipId: string, role: GrantableRole) {
    return refuseTaken(this.create({ projectId: project.id, membershipId, role }), TAKEN)
  }
}
