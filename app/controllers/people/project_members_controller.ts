import type { HttpContext } from '@adonisjs/core/http'
import Membership from '#models/membership'
import ProjectMember from '#models/project_member'
import { refuse } from '#models/violation'
import { projectMembersState } from '#pages/people/project_members_page'
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
    await ProjectMember.grant(project, membershipId, role)
    session.flash('success', 'The role was given.')
    return response.redirect().status(303).toPath(`/projects/${project.id}/members`)
  }

  async destroy({ params, project, response, session }: HttpContext) {
    const role = await ProjectMember.findIn(project, params.id)
    await role.takeAway(project)
    session.flash('success', 'The role was taken away.')
    return response.redirect().status(303).toPath(`/projects/${project.id}/members`)
  }
}
