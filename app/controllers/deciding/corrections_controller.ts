import type { HttpContext } from '@adonisjs/core/http'
import { backTo, decisionIn, pageOf, roundOf, roundShown } from '#controllers/deciding/round_input'
import type { ConditionKind } from '#models/condition/enumerations'
import { correct } from '#models/deciding/correction'
import { correctionState } from '#pages/deciding/correction_page'
import { StaleRecord } from '#models/saving/stale_record'
import { refuse } from '#models/violation'
import RoundPolicy from '#policies/round_policy'
import { storeCorrection } from '#validators/deciding'

const LATE =
  'The decision was corrected after you opened this form. Check the current decision below, then send your correction again.'

export default class CorrectionsController {
  async create(ctx: HttpContext) {
    const round = await roundShown(ctx)
    await ctx.bouncer.with(RoundPolicy).authorize('chair', round, ctx.project)
    const state = await correctionState(round)
    if (!state) return ctx.response.seeOther(pageOf(round))
    return ctx.htmx.page('pages/gate_reviews/correct', state)
  }

  /** Corrects a decision with a record that replaces it. */
  async store(ctx: HttpContext) {
    const round = await roundOf(ctx)
    await ctx.bouncer.with(RoundPolicy).authorize('chair', round, ctx.project)
    const input = await ctx.request.validateUsing(storeCorrection)
    await correct(round, {
      ...decisionIn(input),
      supersedesId: input.supersedes_id,
      reason: input.reason,
      droppedIds: input.dropped_ids ?? [],
      added: addedIn(input),
    }).catch((error) => {
      if (error instanceof StaleRecord) refuse('outcome', LATE)
      throw error
    })
    return backTo(round, ctx, `The decision on ${round.gate.ref} was corrected.`)
  }
}

/** The added condition, if one was filled in. */
function addedIn(input: {
  text?: string | null
  owner_id?: string
  kind?: ConditionKind
  due_on?: string
}) {
  if (!input.text) return null
  return {
    text: input.text,
    ownerId: input.owner_id!,
    kind: input.kind ?? 'by_date',
    dueOn: input.due_on!,
  }
}
