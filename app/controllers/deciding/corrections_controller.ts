import type { HttpContext } from '@adonisjs/core/http'
import { decisionIn } from '#controllers/deciding/decisions_controller'
import { backTo, roundOf } from '#controllers/deciding/round_input'
import type { ConditionKind } from '#models/condition/enumerations'
import { correct } from '#models/deciding/correction'
import Round from '#models/deciding/round'
import Gate from '#models/gate'
import GateReview from '#models/gate_review'
import { correctionState } from '#pages/correction_page'
import RoundPolicy from '#policies/round_policy'
import { storeCorrection } from '#validators/deciding'

export default class CorrectionsController {
  async create({ bouncer, htmx, params, project }: HttpContext) {
    const gate = await Gate.findIn(project, params.gate_id)
    const review = await GateReview.findIn(gate, params.id)
    const round = await Round.of(project, gate, review)
    await bouncer.with(RoundPolicy).authorize('chair', round, project)
    return htmx.page('pages/gate_reviews/correct', await correctionState(round))
  }

  /** Puts a decision right by a record that takes its place. */
  async store(ctx: HttpContext) {
    const round = await roundOf(ctx)
    await ctx.bouncer.with(RoundPolicy).authorize('chair', round, ctx.project)
    const input = await ctx.request.validateUsing(storeCorrection)
    await correct(round, {
      ...decisionIn(input),
      reason: input.reason,
      droppedIds: input.dropped_ids ?? [],
      added: addedIn(input),
    })
    return backTo(round, ctx, `The decision on ${round.gate.ref} was put right.`)
  }
}

/** The condition that is added, where one was filled in. */
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
