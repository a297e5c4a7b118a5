import type { HttpContext } from '@adonisjs/core/http'
import RaidItem, { today } from '#models/raid_item'
import { refuse } from '#models/violation'
import { lockVersion } from '#validators/lock_version'

export default class AcceptancesController {
  /** The sponsor accepts a threat that is scored above appetite. */
  async store({ params, project, request, response, session, viewer }: HttpContext) {
    const item = await RaidItem.findVisible(project, viewer, params.id)
    const { lock_version: version } = await request.validateUsing(lockVersion)
    if (item.nature !== 'threat' || item.isSettled) {
      refuse('response', 'Only an open threat can be accepted')
    }
    await item.revise(
      { response: 'accept', acceptedBy: viewer.membershipId, acceptedOn: today() },
      version,
      'raid_item.accepted'
    )
    session.flash('success', `You accepted ${item.ref}.`)
    return response.redirect().status(303).toPath(`/projects/${project.id}/raid/${item.id}`)
  }
}
