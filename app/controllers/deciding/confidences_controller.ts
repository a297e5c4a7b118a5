import type { HttpContext } from '@adonisjs/core/http'
import { backTo, roundOf } from '#controllers/deciding/round_input'
import { giveConfidence } from '#models/deciding/polling'
import RoundPolicy from '#policies/round_policy'
import { updateConfidence } from '#validators/deciding'

export default class ConfidencesController {
  /** Gives or changes one’s own confidence, hidden from the others. */
  async update(ctx: HttpContext) {
    const round = await roundOf(ctx)
    await ctx.bouncer.with(RoundPolicy).authorize('speak', round, ctx.project)
    const { score } = await ctx.request.validateUsing(updateConfidence)
    await giveConfidence(round, score)
    return backTo(round, ctx, 'Your confidence was saved. No one can see that it is yours.')
  }
}
