import type { HttpContext } from '@adonisjs/core/http'
import { answerRecord, layOver } from '#controllers/api/answers'
import { move } from '#controllers/raid/saving'
import RaidItem from '#models/raid_item'
import { tellRaidItem } from '#pages/api/raid'
import RaidItemPolicy from '#policies/raid_item_policy'

export default class RaidStatusesController {
  /** Moves an entry along its state machine. */
  async update(ctx: HttpContext) {
    const { bouncer, params, project, viewer } = ctx
    const item = await RaidItem.findInLog(project, viewer, params.id)
    await bouncer.with(RaidItemPolicy).authorize('update', item, project)
    layOver(ctx, {}, item)
    await move(item, ctx)
    return answerRecord(ctx, await tellRaidItem(item, ctx.viewer), item)
  }
}
