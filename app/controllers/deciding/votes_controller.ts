import type { HttpContext } from '@adonisjs/core/http'
import { backTo, roundOf } from '#controllers/deciding/round_input'
import { votes } from '#models/deciding/enumerations'
import { castVote } from '#models/deciding/voting'
import RoundPolicy from '#policies/round_policy'
import { updateVote } from '#validators/deciding'

export default class VotesController {
  /** Gives or changes the vote of the seat that the viewer speaks for. */
  async update(ctx: HttpContext) {
    const round = await roundOf(ctx)
    await ctx.bouncer.with(RoundPolicy).authorize('speak', round, ctx.project)
    const { vote, comment } = await ctx.request.validateUsing(updateVote)
    await castVote(round, { vote, comment: comment ?? null })
    return backTo(
      round,
      ctx,
      `Your vote was saved: ${votes[vote].toLowerCase()}. You can change it until the decision is recorded.`
    )
  }
}
