import { RETURNS } from '#models/deciding/enumerations'
import type Round from '#models/deciding/round'
import GateDecision from '#models/gate_decision'
import GateReworkCriterion from '#models/gate_rework_criterion'
import type { Content } from '#models/pack/content'
import { roundBefore } from '#models/review/earlier'
import * as terms from '#registries/terms'

/**
 * What the previous round asked for when it deferred the gate or sent it back, and how this pack answers: people who
 * decide again look for that first. Null when it asked for nothing.
 */
export async function returnedBefore({ review }: Round, pack: Content) {
  const before = await roundBefore(review)
  const decision = before && (await GateDecision.in(before).first())
  if (!decision || !RETURNS.includes(decision.outcome)) return null
  const criteria = pack.criteria.lists.criteria ?? []
  const named = await GateReworkCriterion.query().where('decision_id', decision.id)
  const asked = new Set(named.map(({ criterionId }) => criterionId))
  return {
    reviewId: before.id,
    round: before.round,
    outcome: decision.outcome,
    revisitOn: decision.revisitOn,
    criteria: criteria
      .filter(({ id }) => asked.has(String(id)))
      .map(({ title, note, assessment }) => ({
        title,
        note,
        look: terms.assessments[assessment as keyof typeof terms.assessments],
      })),
  }
}
