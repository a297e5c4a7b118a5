import type { HttpContext } from '@adonisjs/core/http'
import { refuseMove } from '#controllers/raid/input'
import { statusLabel } from '#models/raid/enumerations'
import RaidItem from '#models/raid_item'
import RaidItemPolicy from '#policies/raid_item_policy'
import { updateStatus } from '#validators/raid_item'

export default class StatusesController {
  /** Moves an item along its state machine. An assumption proved false needs a reason. */
  async update({ bouncer, params, project, request, response, session, viewer }: HttpContext) {
    const item = await RaidItem.findVisible(project, viewer, params.id)
    await bouncer.with(RaidItemPolicy).authorize('update', item, project)
    const { status, reason, lock_version: version } = await request.validateUsing(updateStatus)
    await item.lockRow(version)
    await refuseMove(item, project, status, reason)
    item.status = status
    await item.saveRevision('raid_item.status_changed')
    session.flash('success', `${item.ref} is now ${statusLabel(item.type, status).toLowerCase()}.`)
    return response.redirect().status(303).back()
  }
}
