import type { HttpContext } from '@adonisjs/core/http'
import { ORGANISATION_COOKIE } from '#identity/organisation_choice'
import { holdingsOf } from '#models/membership/holdings'
import Membership from '#models/membership'
import { holdingsState } from '#pages/people/member_page'

export default class DeparturesController {
  /** Shows what becomes of the person's roles and entries before they leave. */
  async create({ htmx, viewer }: HttpContext) {
    const holdings = await holdingsOf(viewer.membershipId, viewer)
    const member = await Membership.findOrFail(viewer.membershipId)
    return htmx.page('pages/departures/create', {
      holdings: holdingsState(holdings),
      isOnlyOwner: await member.isOnlyOwner(),
    })
  }

  async store({ response, session, viewer }: HttpContext) {
    await Membership.takeTurns(viewer)
    const member = await Membership.findOrFail(viewer.membershipId)
    await member.leave()
    response.clearCookie(ORGANISATION_COOKIE)
    session.flash('success', `You have left ${viewer.organisation.name}.`)
    return response.seeOther('/organisations')
  }
}
