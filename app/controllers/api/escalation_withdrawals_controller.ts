import type { HttpContext } from '@adonisjs/core/http'
import { answerRecord, layOver } from '#controllers/api/answers'
import { ownEscalation, takeBack } from '#controllers/raid/escalating'
import { tellEscalation } from '#pages/api/escalations'

export default class EscalationWithdrawalsController {
  /** Takes the entry back into the project. */
  async update(ctx: HttpContext) {
    const { item, escalation } = await ownEscalation(ctx)
    layOver(ctx, {}, escalation)
    await takeBack(escalation, item, ctx)
    return answerRecord(ctx, tellEscalation(escalation), escalation)
  }
}
