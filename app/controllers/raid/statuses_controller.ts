import type { HttpContext } from '@adonisjs/core/http'
import { move } from '#controllers/raid/saving'
import { previousPath } from '#identity/local_path'
import { statusLabel } from '#models/raid/enumerations'
import RaidItem from '#models/raid_item'
import RaidItemPolicy from '#policies/raid_item_policy'

export default class StatusesController {
  /**
   * Moves an item along its state machine. An assumption proved false needs a reason. A dependency between projects can
   * be moved from either.
   */
  async update(ctx: HttpContext) {
    const { bouncer, params, project, response, session, viewer } = ctx
    const item = await RaidItem.findInLog(project, viewer, params.id)
    await bouncer.with(RaidItemPolicy).authorize('update', item, project)
    await move(item, ctx)
    session.flash(
      'success',
      `${item.ref} is now ${statusLabel(item.type, item.status).toLowerCase()}.`
    )
    return response.seeOther(previousPath(ctx, `/projects/${project.id}/raid/${item.id}`))
  }
}
