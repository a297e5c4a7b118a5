import type { Assessment } from '#models/gate/enumerations'
import { EXEMPT } from '#models/gate/enumerations'
import { verdicts } from '#models/gate/rules/index'
import type { Place, Verdict } from '#models/gate/rules/rule'
import GateCriterion from '#models/gate_criterion'
import GateReworkCriterion from '#models/gate_rework_criterion'
import GateEvidence from '#models/gate_evidence'

/** One criterion as it is now: a rule's answer is looked up, never stored. */
export type CriterionStanding = {
  criterion: GateCriterion
  assessment: Assessment
  verdict: Verdict | null
  evidence: GateEvidence[]
  /** The current decision sent the gate back for it: it must be met first, must or should. */
  isSentBack: boolean
}

export type GateStanding = {
  criteria: CriterionStanding[]
  /** Every requested verdict, by the rule's key. */
  verdicts: Map<string, Verdict>
}

/** The criteria of a gate as they are now, with the verdicts of `also` in addition to theirs. */
export async function standingOf(place: Place, also: string[] = []): Promise<GateStanding> {
  const criteria = await GateCriterion.of(place.gate)
  const evidence = await GateEvidence.standing(criteria)
  const asked = criteria.flatMap(({ rule }) => rule ?? [])
  const found = await verdicts(place, [...asked, ...also])
  const sentBack = await GateReworkCriterion.standingAt(place.gate)
  return {
    criteria: criteria.map((criterion) => {
      const verdict = criterion.rule ? (found.get(criterion.rule) ?? null) : null
      return {
        criterion: criterion.refersTo(place.gate),
        assessment: assessmentOf(criterion, verdict),
        verdict,
        evidence: evidence.filter(({ criterionId }) => criterionId === criterion.id),
        isSentBack: sentBack.has(criterion.id),
      }
    }),
    verdicts: found,
  }
}

/** The same for one criterion alone. */
export async function standingOfOne(
  place: Place,
  criterion: GateCriterion
): Promise<CriterionStanding> {
  const evidence = await GateEvidence.standing([criterion])
  const found = await verdicts(place, criterion.rule ? [criterion.rule] : [])
  const verdict = (criterion.rule && found.get(criterion.rule)) || null
  const sentBack = await GateReworkCriterion.standingAt(place.gate)
  return {
    criterion,
    assessment: assessmentOf(criterion, verdict),
    verdict,
    evidence,
    isSentBack: sentBack.has(criterion.id),
  }
}

function assessmentOf({ assessment }: GateCriterion, verdict: Verdict | null): Assessment {
  const isExempt = (EXEMPT as readonly Assessment[]).includes(assessment)
  if (!verdict || isExempt) return assessment
  return verdict.isMet ? 'met' : 'not_met'
}
