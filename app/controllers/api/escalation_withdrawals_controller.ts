import type { HttpContext } from '@adonisjs/core/http'
import { answerRecord, layOver } from '#controllers/api/answers'
import { takeBack } from '#controllers/raid/escalating'
import RaidEscalation from '#models/raid_escalation'
import RaidItem from '#models/raid_item'
import { tellEscalation } from '#pages/api/escalations'
import RaidItemPolicy from '#policies/raid_item_policy'

export default class EscalationWithdrawalsController {
  /** The project makes the entry its own affair again. */
  async update(ctx: HttpContext) {
    const { bouncer, params, project, viewer } = ctx
    const item = await RaidItem.findVisible(project, viewer, params.id)
    await bouncer.with(RaidItemPolicy).authorize('update', item, project)
    const escalation = await RaidEscalation.findLive(item, params.escalation_id)
    layOver(ctx, {}, escalation)
    await takeBack(escalation, item, ctx)
    return answerRecord(ctx, tellEscalation(escalation), escalation)
  }
}
