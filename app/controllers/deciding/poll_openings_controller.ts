import type { HttpContext } from '@adonisjs/core/http'
import { backTo, roundOf } from '#controllers/deciding/round_input'
import { openPoll } from '#models/deciding/polling'
import RoundPolicy from '#policies/round_policy'

export default class PollOpeningsController {
  /** The chair opens the confidence poll before everyone has answered. */
  async store(ctx: HttpContext) {
    const round = await roundOf(ctx)
    await ctx.bouncer.with(RoundPolicy).authorize('chair', round, ctx.project)
    await openPoll(round)
    return backTo(round, ctx, 'The poll is open. Deciders can now vote.')
  }
}
