import type { HttpContext } from '@adonisjs/core/http'
import Membership from '#models/membership'
import { transferOwnership } from '#models/membership/ownership'

export default class OwnershipsController {
  /** Hands the owner's own role over to another member. */
  async store({ params, response, session, viewer }: HttpContext) {
    await Membership.takeTurns(viewer)
    const member = await Membership.findById(params.id)
    const owner = await Membership.findOrFail(viewer.membershipId)
    await transferOwnership(owner, member)
    session.flash('success', 'Ownership was transferred. You are now an organisation admin.')
    return response.seeOther(`/members/${member.id}`)
  }
}
