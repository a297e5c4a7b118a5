import type { HttpContext } from '@adonisjs/core/http'
import { backTo, conditionOf } from '#controllers/conditions/access'
import { handOver } from '#models/condition/steps'
import GateConditionPolicy from '#policies/gate_condition_policy'
import { updateOwner } from '#validators/condition'

export default class OwnersController {
  /** The chair or the PMO gives an open condition to someone else. */
  async update(ctx: HttpContext) {
    const { condition, isChair } = await conditionOf(ctx)
    await ctx.bouncer.with(GateConditionPolicy).authorize('handOver', ctx.project, isChair)
    const { owner_id: ownerId, lock_version: version } =
      await ctx.request.validateUsing(updateOwner)
    await handOver(ctx.project, condition, ownerId, version)
    return backTo(condition, ctx, `${condition.ref} has a new owner.`)
  }
}
