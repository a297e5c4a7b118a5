import type { HttpContext } from '@adonisjs/core/http'
import { accept } from '#models/raid/acceptance'
import RaidItem from '#models/raid_item'
import { lockVersion } from '#validators/lock_version'

export default class AcceptancesController {
  /** The sponsor accepts a threat that is scored above appetite. */
  async store({ params, project, request, response, session, viewer }: HttpContext) {
    const item = await RaidItem.findVisible(project, viewer, params.id)
    const { lock_version: version } = await request.validateUsing(lockVersion)
    await accept(item, viewer.membershipId, version)
    session.flash('success', `You accepted ${item.ref}.`)
    return response.seeOther(`/projects/${project.id}/raid/${item.id}`)
  }
}
