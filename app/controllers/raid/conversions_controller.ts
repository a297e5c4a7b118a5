import type { HttpContext } from '@adonisjs/core/http'
import { realise } from '#models/raid/realisation'
import RaidItem from '#models/raid_item'
import RaidItemPolicy from '#policies/raid_item_policy'
import { lockVersion } from '#validators/lock_version'

export default class ConversionsController {
  /** Turns a risk that came true into an issue; both stay, linked. */
  async store({ bouncer, params, project, request, response, session, viewer }: HttpContext) {
    const risk = await RaidItem.findVisible(project, viewer, params.id)
    await bouncer.with(RaidItemPolicy).authorize('update', risk, project)
    const { lock_version: version } = await request.validateUsing(lockVersion)
    const issue = await realise(risk, project, version)
    session.flash('success', `${risk.ref} came true and is now issue ${issue.ref}.`)
    return response.seeOther(`/projects/${project.id}/raid/${issue.id}`)
  }
}
