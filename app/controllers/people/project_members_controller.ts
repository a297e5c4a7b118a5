import type { HttpContext } from '@adonisjs/core/http'
import Membership from '#models/membership'
import { giveRole } from '#models/project/giving_roles'
import ProjectMember from '#models/project_member'
import { refuse } from '#models/violation'
import { projectMembersState } from '#pages/people/project_members_page'
import { projectRoles } from '#policies/permissions'
import { grantRole } from '#validators/membership'

export default class ProjectMembersController {
  async index({ htmx, project, request, viewer }: HttpContext) {
    const state = await projectMembersState(project, viewer, request.qs())
    return htmx.page('pages/project_members/index', state)
  }

  async store({ project, request, response, session }: HttpContext) {
    const { membership_id: membershipId, role } = await request.validateUsing(grantRole)
    const active = await Membership.active([membershipId])
    if (!active.has(membershipId)) {
      refuse('membership_id', 'Choose an active member of the organisation')
    }
    await giveRole(project, membershipId, role)
    session.flash(
      'success',
      `${await nameOf(membershipId)} is now a ${projectRoles[role].toLowerCase()}.`
    )
    return response.seeOther(`/projects/${project.id}/members`)
  }

  async destroy({ params, project, response, session }: HttpContext) {
    const role = await ProjectMember.findIn(project, params.id)
    await role.takeAway(project)
    session.flash(
      'success',
      `${await nameOf(role.membershipId)} is no longer a ${projectRoles[role.role].toLowerCase()}.`
    )
    return response.seeOther(`/projects/${project.id}/members`)
  }
}

async function nameOf(membershipId: string) {
  return (await Membership.names([membershipId])).get(membershipId) ?? 'A former member'
}
