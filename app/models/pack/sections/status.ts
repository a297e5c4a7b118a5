import type { PackRecord, Section } from '#models/pack/content'
import type Gate from '#models/gate'
import type { Readiness } from '#models/gate/readiness'
import { computedHealthOf, type ComputedHealth } from '#models/health/computed'
import { deliveryConfidenceOf, type StandingConfidence } from '#models/health/confidence'
import { declaredRatingsOf, type DeclaredRatings } from '#models/health/declared'
import { dimensionNames, PARTS } from '#models/health/enumerations'
import type Project from '#models/project'

/**
 * The health of the project: as declared, as its records show, and as assurance judges; and what the deciders are told
 * besides the criteria.
 */
export async function statusSection(
  project: Project,
  gate: Gate,
  { warnings }: Readiness
): Promise<Section> {
  const declared = await declaredRatingsOf(project)
  const computed = await computedHealthOf(project)
  const confidence = await deliveryConfidenceOf(project)
  return {
    facts: {},
    lists: {
      ratings: ratings(declared, computed),
      computed_reasons: reasons(computed),
      confidence: confidence ? [judgement(confidence, gate)] : [],
      warnings: warnings.map(({ key, title, detail }) => ({ id: key, title, detail })),
    },
  }
}

/** A dimension is the same record in every pack, so that a changed rating shows as a change. */
function ratings(declared: DeclaredRatings, computed: ComputedHealth): PackRecord[] {
  return dimensionNames.map((dimension) => {
    const said = declared[dimension]
    return {
      id: dimension,
      declared: said?.rating ?? null,
      computed: computed[dimension].rating,
      reason: said?.reason ?? null,
      path_to_green: said?.pathToGreen ?? null,
      difference_reason: said?.differenceReason ?? null,
      declared_by: said?.declaredBy ?? null,
      declared_at: said?.declaredAt.toISOString() ?? null,
    }
  })
}

/** Those of the whole only repeat its dimensions. */
function reasons(computed: ComputedHealth): PackRecord[] {
  return PARTS.flatMap((dimension) =>
    computed[dimension].reasons.map(({ key, rating, text }) => ({
      id: `${dimension}:${key}`,
      dimension,
      rating,
      text,
    }))
  )
}

function judgement(confidence: StandingConfidence, gate: Gate): PackRecord {
  return {
    id: 'confidence',
    rating: confidence.rating,
    rationale: confidence.rationale,
    given_by: confidence.givenBy,
    given_at: confidence.givenAt.toISOString(),
    for_this_gate: confidence.gateId === gate.id,
  }
}
