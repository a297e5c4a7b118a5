import type { HttpContext } from '@adonisjs/core/http'
import { backTo, decisionIn, roundOf } from '#controllers/deciding/round_input'
import { decide } from '#models/deciding/decision'
import { outcomes } from '#models/deciding/enumerations'
import { StaleRecord } from '#models/saving/stale_record'
import { refuse } from '#models/violation'
import RoundPolicy from '#policies/round_policy'
import { storeDecision } from '#validators/deciding'

const LATE =
  'There is something new since you opened this page. Read it below, then record the decision again.'

export default class DecisionsController {
  /** The chair records the decision. If something was said meanwhile, what was typed stays. */
  async store(ctx: HttpContext) {
    const round = await roundOf(ctx)
    await ctx.bouncer.with(RoundPolicy).authorize('chair', round, ctx.project)
    const { lock_version: version, ...input } = await ctx.request.validateUsing(storeDecision)
    const decision = await decide(round, decisionIn(input), version).catch((error) => {
      if (error instanceof StaleRecord) refuse('decision', LATE)
      throw error
    })
    const outcome = outcomes[decision.outcome].toLowerCase()
    return backTo(round, ctx, `${round.gate.ref} was decided: ${outcome}.`)
  }
}
