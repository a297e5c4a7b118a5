import type { HttpContext } from '@adonisjs/core/http'
import { previousPath } from '#identity/local_path'
import GateDelegation from '#models/gate_delegation'
import { storeDelegation } from '#validators/gate_board'

export default class DelegationsController {
  /** A decider names a delegate for all gates of the project. */
  async store(ctx: HttpContext) {
    const { project, request, response, session, viewer } = ctx
    const input = await request.validateUsing(storeDelegation)
    await GateDelegation.give(project, {
      deciderId: viewer.membershipId,
      deputyId: input.deputy_id,
      fromOn: input.from_on,
      toOn: input.to_on,
    })
    session.flash('success', 'Your deputy was named.')
    return response.seeOther(previousPath(ctx, `/projects/${project.id}/gates`))
  }

  async destroy(ctx: HttpContext) {
    const { params, project, response, session, viewer } = ctx
    const delegation = await GateDelegation.findOwn(project, viewer.membershipId, params.id)
    await delegation.revoke(project)
    session.flash('success', 'The deputy arrangement was ended.')
    return response.seeOther(previousPath(ctx, `/projects/${project.id}/gates`))
  }
}
