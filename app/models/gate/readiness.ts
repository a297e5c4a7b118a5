import type { Viewer } from '#identity/viewer'
import type Gate from '#models/gate'
import { blockersOf } from '#models/gate/blockers'
import { FLAGS } from '#models/gate/rules/index'
import type { Offender } from '#models/gate/rules/rule'
import { standingOf, type CriterionStanding } from '#models/gate/standing'
import { warningsOf } from '#models/gate/warnings'
import type GateCriterion from '#models/gate_criterion'
import type Project from '#models/project'

/** One thing that prevents a gate's submission, or that its deciders will be told. */
export type ReadinessItem = {
  /** Its identity, the same from one look to the next. */
  key: string
  title: string
  detail: string | null
  /** The link to where it can be put right. */
  fix: { label: string; href: string }
  /** The criterion to assess, where that puts it right: only some people may. */
  toAssess?: GateCriterion
  /** The records concerned that the viewer may see, and how many more there are. */
  offenders: Offender[]
  more: number
}

export type Readiness = {
  blockers: ReadinessItem[]
  warnings: ReadinessItem[]
  criteria: CriterionStanding[]
}

/**
 * What blocks a gate's submission and what only warns. It is the same for everyone; with a viewer, records that they
 * may not see are counted rather than named.
 */
export async function readinessOf(
  project: Project,
  gate: Gate,
  viewer: Viewer | null = null
): Promise<Readiness> {
  const place = { project, gate, viewer }
  const standing = await standingOf(place, FLAGS)
  return {
    blockers: await blockersOf(place, standing),
    warnings: warningsOf(place, standing),
    criteria: standing.criteria,
  }
}
