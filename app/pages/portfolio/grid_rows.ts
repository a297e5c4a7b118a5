import type { Viewer } from '#identity/viewer'
import { today } from '#models/days'
import { computedHealth } from '#models/health/computed'
import { deliveryConfidences } from '#models/health/confidence'
import { declaredRatings, type DeclaredRatings } from '#models/health/declared'
import { dimensions, PARTS, type Rating } from '#models/health/enumerations'
import {
  lapsedConditions,
  nextGates,
  portfolioProjects,
  severeRisks,
  type NextGate,
  type PortfolioProject,
} from '#models/portfolio/rows'
import { isOver } from '#models/project/states'
import { latestReports, type LatestReport } from '#models/report/latest'
import { isSilent } from '#models/report/silence'
import { signedSlip } from '#pages/gates/words'
import { comparisonOf, trendOf, type Trend } from '#pages/project_health/words'
import { ageOf } from '#pages/reports/report_card'
import { outcomes, ratings } from '#registries/terms'
import { together } from '#tenancy/together'

export type RagCell = {
  label: string
  rating: Rating | null
  /** The rating's label and look; null when none is declared. */
  look: (typeof ratings)[Rating] | null
  trend: Trend
}

export type GridRow = Awaited<ReturnType<typeof gridRows>>[number]

/**
 * The rows of the grid in the order of the ids: one query for each group of columns, whatever their number, in
 * parallel.
 */
export async function gridRows(ids: string[], viewer: Viewer) {
  const declaring = declaredRatings(ids)
  const { projects, declared, optimistic, confidences, gates, severe, lapsed, reports } =
    await together({
      projects: portfolioProjects(ids),
      declared: declaring,
      optimistic: declaring.then(computedWhereHopeful),
      confidences: deliveryConfidences(ids),
      gates: nextGates(ids, viewer),
      severe: severeRisks(ids, viewer),
      lapsed: lapsedConditions(ids, viewer),
      reports: latestReports(ids),
    })
  return ids
    .flatMap((id) => projects.get(id) ?? [])
    .map((project) => {
      const said = declared.get(project.id)!
      const confidence = confidences.get(project.id)
      return {
        ...project,
        programme: programmeOf(project),
        overall: ragCell(dimensions.overall, said.overall),
        parts: PARTS.map((part) => ragCell(dimensions[part], said[part])),
        optimistic: optimistic.get(project.id) ?? null,
        confidence: ragCell('Delivery confidence', confidence),
        gate: gateOf(gates.get(project.id), project),
        severe: severe.get(project.id) ?? 0,
        lapsed: lapsed.get(project.id) ?? 0,
        report: reportOf(reports.get(project.id), project),
      }
    })
}

function programmeOf({ programmeId, programmeCode, programmeName }: PortfolioProject) {
  return programmeId ? { id: programmeId, code: programmeCode!, name: programmeName! } : null
}

/** The computed rating of projects that are declared better, by id; projects declared red are not computed. */
async function computedWhereHopeful(declared: Map<string, DeclaredRatings>) {
  const hopeful = [...declared].filter(([, { overall }]) =>
    ['green', 'amber'].includes(overall?.rating ?? '')
  )
  const computed = await computedHealth(hopeful.map(([id]) => id))
  return new Map(
    hopeful.flatMap(([id, { overall }]) => {
      const found = computed.get(id)!.overall.rating
      const { isOptimistic } = comparisonOf(overall!, found)
      return isOptimistic ? [[id, found]] : []
    })
  )
}

function ragCell(label: string, said?: { rating: Rating; before: Rating | null }): RagCell {
  const rating = said?.rating ?? null
  const trend = said ? trendOf(said.before, said.rating) : null
  return { label, rating, look: rating && ratings[rating], trend }
}

function gateOf(gate: NextGate | undefined, { id, status }: PortfolioProject) {
  if (!gate) return null
  const { outcome, expectedOn } = gate
  return {
    name: gate.name,
    href: `/projects/${id}/gates/${gate.id}`,
    /** The decision, if the gate has to come again or never will. */
    said: outcome && outcomes[outcome].label,
    forecastOn: expectedOn,
    baselineOn: gate.baselineOn,
    isLate: expectedOn !== null && expectedOn < today() && !isOver(status),
    slip: gate.slip,
    slipWords: signedSlip(gate.slip),
  }
}

function reportOf(latest: LatestReport | undefined, { id, status, createdOn }: PortfolioProject) {
  return {
    href: `/projects/${id}/reports${latest ? `/${latest.id}` : ''}`,
    on: latest?.publishedOn ?? null,
    age: latest ? ageOf(latest).age : null,
    isSilent: isSilent({ status, since: latest?.publishedOn ?? createdOn }, today()),
  }
}
