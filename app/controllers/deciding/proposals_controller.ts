import type { HttpContext } from '@adonisjs/core/http'
import { backTo, roundOf } from '#controllers/deciding/round_input'
import { dropProposal, propose } from '#models/deciding/proposing'
import RoundPolicy from '#policies/round_policy'
import { storeProposal } from '#validators/deciding'

export default class ProposalsController {
  /** Proposes a condition to approve with. */
  async store(ctx: HttpContext) {
    const round = await roundOf(ctx)
    await ctx.bouncer.with(RoundPolicy).authorize('speak', round, ctx.project)
    const input = await ctx.request.validateUsing(storeProposal)
    await propose(round, {
      text: input.text,
      ownerId: input.owner_id,
      kind: input.kind,
      dueOn: input.due_on,
    })
    return backTo(round, ctx, 'The condition was proposed.')
  }

  async destroy(ctx: HttpContext) {
    const round = await roundOf(ctx)
    await ctx.bouncer.with(RoundPolicy).authorize('speak', round, ctx.project)
    await dropProposal(round, ctx.params.proposal_id)
    return backTo(round, ctx, 'The proposal was removed.')
  }
}
