import type { HttpContext } from '@adonisjs/core/http'
import { backTo, roundOf } from '#controllers/deciding/round_input'
import { withdraw } from '#models/deciding/withdrawal'
import RoundPolicy from '#policies/round_policy'
import { givenReason } from '#validators/deciding'

export default class WithdrawalsController {
  /** Withdraws a submission. */
  async store(ctx: HttpContext) {
    const round = await roundOf(ctx)
    await ctx.bouncer.with(RoundPolicy).authorize('withdraw', round.review, ctx.project)
    const { reason } = await ctx.request.validateUsing(givenReason)
    await withdraw(round, reason)
    return backTo(round, ctx, `The submission of ${round.gate.ref} was withdrawn.`)
  }
}
