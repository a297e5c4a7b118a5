import type { HttpContext } from '@adonisjs/core/http'
import { endSessionsFrom } from '#identity/session_store'
import Membership from '#models/membership'
import { reactivate } from '#models/membership/reactivation'
import MembershipPolicy from '#policies/membership_policy'
import Tenancy from '#tenancy/tenancy'

export default class DeactivationsController {
  /** Closes a membership and signs the person out everywhere, at once. */
  async store(ctx: HttpContext) {
    const member = await manageable(ctx)
    await member.deactivate()
    await endSessionsFrom(ctx, member.userId, Tenancy.current().trx)
    return done(ctx, member, 'The member was deactivated and signed out.')
  }

  async destroy(ctx: HttpContext) {
    const member = await manageable(ctx)
    await reactivate(member)
    return done(ctx, member, 'The member was reactivated.')
  }
}

async function manageable({ bouncer, params, viewer }: HttpContext) {
  await Membership.takeTurns(viewer)
  const member = await Membership.findById(params.id)
  await bouncer.with(MembershipPolicy).authorize('change', member)
  return member
}

function done({ response, session }: HttpContext, member: Membership, message: string) {
  session.flash('success', message)
  return response.seeOther(`/members/${member.id}`)
}
