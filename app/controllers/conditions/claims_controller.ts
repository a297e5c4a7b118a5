import type { HttpContext } from '@adonisjs/core/http'
import { backTo, conditionOf } from '#controllers/conditions/access'
import { claim } from '#models/condition/steps'
import GateConditionPolicy from '#policies/gate_condition_policy'
import { storeClaim } from '#validators/condition'

export default class ClaimsController {
  /** The owner claims that a condition is met, and gives the evidence. */
  async store(ctx: HttpContext) {
    const { condition } = await conditionOf(ctx)
    await ctx.bouncer.with(GateConditionPolicy).authorize('claim', condition)
    const { claim: evidence, lock_version: version } = await ctx.request.validateUsing(storeClaim)
    await claim(ctx.project, condition, evidence, version)
    return backTo(
      condition,
      ctx,
      `${condition.ref} was claimed as met and is waiting to be verified.`
    )
  }
}
