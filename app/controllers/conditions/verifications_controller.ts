import type { HttpContext } from '@adonisjs/core/http'
import { backTo, conditionOf } from '#controllers/conditions/access'
import { sendBack, verify } from '#models/condition/steps'
import GateConditionPolicy from '#policies/gate_condition_policy'
import { storeAnswer, storeVerification } from '#validators/condition'

export default class VerificationsController {
  /** The chair or the PMO confirms that a claimed condition is met. */
  async store(ctx: HttpContext) {
    const condition = await verifiable(ctx)
    const { answer, lock_version: version } = await ctx.request.validateUsing(storeVerification)
    await verify(ctx.project, condition, answer ?? null, version)
    return backTo(condition, ctx, `${condition.ref} was verified.`)
  }

  /** The chair or the PMO says what is still missing. */
  async destroy(ctx: HttpContext) {
    const condition = await verifiable(ctx)
    const { answer, lock_version: version } = await ctx.request.validateUsing(storeAnswer)
    await sendBack(ctx.project, condition, answer, version)
    return backTo(condition, ctx, `${condition.ref} was sent back to its owner.`)
  }
}

async function verifiable(ctx: HttpContext) {
  const { condition, isChair } = await conditionOf(ctx)
  await ctx.bouncer.with(GateConditionPolicy).authorize('verify', condition, ctx.project, isChair)
  return condition
}
