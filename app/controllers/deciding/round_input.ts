import type { HttpContext } from '@adonisjs/core/http'
import type { Outcome } from '#models/deciding/enumerations'
import Round from '#models/deciding/round'
import Gate from '#models/gate'
import GateReview from '#models/gate_review'

/** The round in the address, for reading. */
export async function roundShown({ params, project }: HttpContext) {
  const gate = await Gate.findIn(project, params.gate_id)
  const review = await GateReview.findIn(gate, params.id)
  return Round.of(project, gate, review)
}

/** The round that a request changes, with its gate locked. */
export function roundOf({ params, project }: HttpContext) {
  return Round.locked(project, params.gate_id, params.id)
}

export function decisionIn(input: {
  outcome: Outcome
  rationale: string
  revisit_on?: string | null
  criterion_ids?: string[]
}) {
  return {
    outcome: input.outcome,
    rationale: input.rationale,
    revisitOn: input.revisit_on ?? null,
    criterionIds: input.criterion_ids ?? [],
  }
}

/** Back to the page of the round, with a message. */
export function backTo(round: Round, { response, session }: HttpContext, message: string) {
  session.flash('success', message)
  return response.seeOther(pageOf(round))
}

export function pageOf({ project, gate, review }: Round) {
  return `/projects/${project.id}/gates/${gate.id}/reviews/${review.id}`
}
