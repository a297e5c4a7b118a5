import type { Viewer } from '#identity/viewer'
import Gate from '#models/gate'
import { partialityOf } from '#models/health/assuring'
import { computedHealth, type ComputedHealth } from '#models/health/computed'
import { deliveryConfidences } from '#models/health/confidence'
import { declaredRatings, type DeclaredRatings } from '#models/health/declared'
import {
  confidenceMeanings,
  dimensions,
  partialities,
  PARTS,
  type Dimension,
} from '#models/health/enumerations'
import {
  confidenceHistory,
  ratingHistory,
  ratingTrails,
  type PastConfidence,
} from '#models/health/history'
import { rulesOf } from '#models/health/rules/index'
import Membership from '#models/membership'
import type Project from '#models/project'
import { placeIn } from '#models/lists/query_string'
import { comparisonOf, trendOf } from '#pages/project_health/words'
import { neighbours } from '#pages/list_parts'
import { sparkline } from '#pages/project_health/sparkline'
import { together } from '#tenancy/together'

/** The overall rating first, then the dimensions behind it. */
const ROWS: Dimension[] = ['overall', ...PARTS]

/** Everything that the page of a project's health shows. */
export async function healthState(
  project: Project,
  viewer: Viewer,
  query: Record<string, unknown>
) {
  const { health, ratings, trails, confidences, given, history } = await together({
    health: computedHealth([project.id]),
    ratings: declaredRatings([project.id]),
    trails: ratingTrails(project),
    confidences: deliveryConfidences([project.id]),
    given: confidenceHistory(project),
    history: ratingHistory(project, placeIn(query)),
  })
  const computed = health.get(project.id)!
  const declared = ratings.get(project.id)!
  const confidence = confidences.get(project.id) ?? null
  const names = await Membership.names([
    ...Object.values(declared).map(({ declaredBy }) => declaredBy),
    ...history.rows.map(({ declaredBy }) => declaredBy),
    ...given.map(({ givenBy }) => givenBy),
  ])
  const rows = ROWS.map((dimension) => ({
    ...rowOf(dimension, declared, computed, names),
    trail: sparkline(trails.get(dimension) ?? []),
  }))
  return {
    rows,
    optimistic: rows.filter(({ comparison }) => comparison.isOptimistic),
    confidence: confidence && {
      trend: trendOf(confidence.before, confidence.rating),
      meaning: confidenceMeanings[confidence.rating],
    },
    confidences: await confidenceStates(given, names, project),
    history: {
      rows: history.rows.map((row) => ({
        ...row,
        label: dimensions[row.dimension],
        by: names.get(row.declaredBy),
      })),
      ...neighbours(
        history,
        (place) => `/projects/${project.id}/health?${new URLSearchParams(place)}`
      ),
    },
    rules: PARTS.map((part) => ({
      label: dimensions[part],
      rules: rulesOf(part).map(({ label }) => label),
    })),
    can: await rights(project, viewer),
  }
}

/** The confidences with who gave them, and at which gate. */
async function confidenceStates(
  given: PastConfidence[],
  names: Map<string, string>,
  project: Project
) {
  const gates = given.some(({ gateId }) => gateId) ? await Gate.of(project) : []
  const gateById = new Map(gates.map((gate) => [gate.id, gate.refersTo(project)]))
  return given.map((one) => ({
    ...one,
    by: names.get(one.givenBy),
    gate: one.gateId ? gateLink(gateById.get(one.gateId), project) : null,
  }))
}

async function rights(project: Project, viewer: Viewer) {
  const assures = viewer.can('confidence.give', project)
  const partiality = assures ? await partialityOf(project, viewer.membershipId) : null
  return {
    declare: viewer.can('project.update', project),
    give: assures && !partiality,
    whyNotGive: partiality && partialities[partiality],
  }
}

function rowOf(
  dimension: Dimension,
  declared: DeclaredRatings,
  computed: ComputedHealth,
  names: Map<string, string>
) {
  const said = declared[dimension] ?? null
  const found = computed[dimension]
  return {
    dimension,
    label: dimensions[dimension],
    declared: said && {
      ...said,
      by: names.get(said.declaredBy),
      trend: trendOf(said.before, said.rating),
    },
    computed: {
      rating: found.rating,
      // Good findings are shown only when there are no bad ones.
      reasons: found.reasons.filter(({ rating }) => rating === found.rating || rating !== 'green'),
    },
    comparison: comparisonOf(said, found.rating),
  }
}

function gateLink(gate: Gate | undefined, project: Project) {
  return (
    gate && { label: `${gate.ref} ${gate.name}`, href: `/projects/${project.id}/gates/${gate.id}` }
  )
}
