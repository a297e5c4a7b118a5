import type { HttpContext } from '@adonisjs/core/http'
import { refuseMove } from '#controllers/raid/input'
import { localPath } from '#identity/local_path'
import { unknownReferences } from '#models/raid/rules'
import RaidItem from '#models/raid_item'
import { refuseAll } from '#models/violation'
import RaidItemPolicy from '#policies/raid_item_policy'
import { updateRow } from '#validators/raid_item'

export default class RowsController {
  /** Changes what can be edited in the list: status, owner and date. */
  async update({ bouncer, params, project, request, response, session, viewer }: HttpContext) {
    const item = await RaidItem.findVisible(project, viewer, params.id)
    await bouncer.with(RaidItemPolicy).authorize('update', item, project)
    const {
      status,
      owner_id: ownerId,
      due_on: dueOn,
      reason,
      lock_version: version,
    } = await request.validateUsing(updateRow)
    await item.lockRow(version)
    await refuseMove(item, project, status, reason)
    item.status = status
    if (ownerId !== item.ownerId) item.merge({ ownerId, ownerLabel: null })
    if (dueOn !== undefined) item.dueOn = dueOn
    // Fields that an older or imported entry lacks must not block its status.
    refuseAll(await unknownReferences(item, { viewer, project }))
    await item.saveRevision()
    session.flash('success', `${item.ref} was saved.`)
    const list = `/projects/${project.id}/raid?type=${item.type}`
    return response.seeOther(localPath(request.input('return_to'), list))
  }
}
