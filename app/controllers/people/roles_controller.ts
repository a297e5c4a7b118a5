import type { HttpContext } from '@adonisjs/core/http'
import Membership from '#models/membership'
import MembershipPolicy from '#policies/membership_policy'
import { updateRole } from '#validators/membership'

export default class RolesController {
  /** Gives a member another role in the organisation. */
  async update({ bouncer, params, request, response, session, viewer }: HttpContext) {
    await Membership.takeTurns(viewer)
    const member = await Membership.findById(params.id)
    await bouncer.with(MembershipPolicy).authorize('change', member)
    const { role } = await request.validateUsing(updateRole)
    await bouncer.with(MembershipPolicy).authorize('give', role)
    await member.changeRole(role)
    session.flash('success', 'The role was changed.')
    // Someone who gave up the right to see members has no page of theirs to return to.
    const isOwn = member.id === viewer.membershipId
    return response.seeOther(isOwn ? '/projects' : `/members/${member.id}`)
  }
}
