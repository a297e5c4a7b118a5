import type { HttpContext } from '@adonisjs/core/http'
import { backTo, conditionOf } from '#controllers/conditions/access'
import { waive } from '#models/condition/steps'
import GateConditionPolicy from '#policies/gate_condition_policy'
import { storeAnswer } from '#validators/condition'

export default class WaiversController {
  /** The chair waives a condition, for a reason. */
  async store(ctx: HttpContext) {
    const { condition, isChair } = await conditionOf(ctx)
    await ctx.bouncer.with(GateConditionPolicy).authorize('waive', ctx.project, isChair)
    const { answer, lock_version: version } = await ctx.request.validateUsing(storeAnswer)
    await waive(ctx.project, condition, answer, version)
    return backTo(condition, ctx, `${condition.ref} was waived.`)
  }
}
