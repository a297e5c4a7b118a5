import type { HttpContext } from '@adonisjs/core/http'
import GateDelegation from '#models/gate_delegation'
import { storeDelegation } from '#validators/gate_board'

export default class DelegationsController {
  /** A decider names a delegate for all gates of the project. */
  async store({ project, request, response, session, viewer }: HttpContext) {
    const input = await request.validateUsing(storeDelegation)
    await GateDelegation.give(project, {
      deciderId: viewer.membershipId,
      deputyId: input.deputy_id,
      fromOn: input.from_on,
      toOn: input.to_on,
    })
    session.flash('success', 'Your deputy was named.')
    return response.redirect().status(303).back()
  }

  async destroy({ params, project, response, session, viewer }: HttpContext) {
    const delegation = await GateDelegation.findOwn(project, viewer.membershipId, params.id)
    await delegation.revoke()
    session.flash('success', 'The deputy arrangement was ended.')
    return response.redirect().status(303).back()
  }
}
