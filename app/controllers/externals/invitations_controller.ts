import type { HttpContext } from '@adonisjs/core/http'
import ExternalResource from '#models/external_resource'
import { projectsHolding } from '#models/external_resource/holdings'
import Invitation from '#models/invitation'
import { whyNotInvited } from '#models/invitation/list'
import Membership from '#models/membership'
import { refuse } from '#models/violation'
import { externalInvitationState } from '#pages/externals/invitation_page'
import MembershipPolicy from '#policies/membership_policy'
import { inviteExternal } from '#validators/external_resource'

export default class InvitationsController {
  /** Shows what the member will take over before anyone is invited. */
  async create({ htmx, params, response, viewer }: HttpContext) {
    const person = await ExternalResource.findById(params.id)
    if (person.state === 'joined' || !person.email) {
      return response.seeOther(`/externals/${person.id}`)
    }
    const state = await externalInvitationState(person, viewer)
    return htmx.page('pages/external_invitations/create', state)
  }

  async store({ bouncer, params, request, response, session, viewer }: HttpContext) {
    await Membership.takeTurns(viewer)
    const person = await ExternalResource.findById(params.id)
    const { role, in_projects: inProjects } = await request.validateUsing(inviteExternal)
    await bouncer.with(MembershipPolicy).authorize('give', role)
    const email = await invitable(person)
    const held = inProjects ? await projectsHolding(person.id, viewer) : []
    const projects = held.map(({ id: projectId }) => ({ projectId, role: 'team' as const }))
    await Invitation.invite({ email, role, projects }, viewer)
    session.flash('success', `${person.name} was invited. Their open work moves when they accept.`)
    return response.seeOther(`/externals/${person.id}`)
  }
}

async function invitable({ email, state }: ExternalResource) {
  if (state === 'joined') refuse('role', 'This person is already a member')
  if (!email) refuse('role', 'Add an email address first')
  const [refusal] = await whyNotInvited([email])
  if (refusal) refuse('role', `${refusal}.`)
  return email
}
