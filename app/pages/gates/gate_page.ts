import type { Viewer } from '#identity/viewer'
import type Gate from '#models/gate'
import type { Outcome } from '#models/deciding/enumerations'
import { readinessOf } from '#models/gate/readiness'
import { found } from '#models/gate/items'
import type { Verdict } from '#models/gate/rules/rule'
import { datesThatCount } from '#models/gate/slip'
import type { CriterionStanding } from '#models/gate/standing'
import Membership from '#models/membership'
import type Project from '#models/project'
import Stage from '#models/stage'
import { canAsk } from '#pages/assistant/kind_page'
import { decidingCard } from '#pages/deciding/card'
import { expectedDates } from '#pages/gates/expected_dates'
import { slipText } from '#pages/gates/words'
import { historyOf } from '#pages/history'
import { proseOf } from '#pages/prose'
import { day } from '#registries/formats'
import * as terms from '#registries/terms'
import { planOnce } from '#tenancy/plans'

/** Everything that the page of one gate shows. */
export async function gateState(project: Project, gate: Gate, viewer: Viewer) {
  planOnce()
  const { criteria, blockers, warnings } = await readinessOf(project, gate, viewer)
  const names = await Membership.names(criteria.map(({ criterion }) => criterion.ownerId))
  const stage = await Stage.findIn(project, gate.stageId)
  const prose = await proseOf([gate.purpose], viewer)
  const url = `/projects/${project.id}/gates/${gate.id}`
  const deciding = await decidingCard(project, gate, viewer)
  return {
    gate: {
      ...gate.serialize(),
      ref: gate.ref,
      status: deciding.outcome ? terms.outcomes[deciding.outcome] : terms.gateStatuses[gate.status],
      isUnsubmitted: gate.isUnsubmitted,
      purposeHtml: prose(gate.purpose),
      isExpected: deciding.outcome !== 'rejected',
      slip: slipText(gate),
    },
    url,
    deciding,
    groups: groupsOf(criteria, names, url),
    readiness: { blockers: blockers.length, warnings: warnings.length },
    facts: facts(gate, stage, deciding.outcome),
    history: await historyOf({ entityType: 'gate', entityId: gate.id }, viewer, { limit: 8 }),
    can: {
      ask: await canAsk(project, viewer),
      update: viewer.can('gate.update', project) && gate.status !== 'decided',
      audit: viewer.can('audit.read', project),
    },
  }
}

/** The criteria that must be met, then those that should be, each group with how many are. */
function groupsOf(criteria: CriterionStanding[], names: Map<string, string>, url: string) {
  return (['must_meet', 'should_meet'] as const)
    .map((weight) => {
      const ofWeight = criteria.filter(({ criterion }) => criterion.weight === weight)
      return {
        key: weight,
        title: terms.weights[weight],
        met: ofWeight.filter(({ assessment }) => SETTLED.includes(assessment)).length,
        total: ofWeight.length,
        criteria: ofWeight.map((standing) => criterionState(standing, names, url)),
      }
    })
    .filter(({ total }) => total > 0)
}

const SETTLED = ['met', 'waived', 'not_applicable']

function criterionState(
  { criterion, assessment, verdict, evidence, isSentBack }: CriterionStanding,
  names: Map<string, string>,
  url: string
) {
  return {
    id: criterion.id,
    title: criterion.title,
    href: `${url}/criteria/${criterion.id}`,
    assessment: terms.assessments[assessment],
    isRule: criterion.rule !== null,
    verdict: verdict && criterion.rule && verdictText(criterion.rule, verdict),
    ownerName: criterion.ownerId && names.get(criterion.ownerId),
    evidence: evidence.length,
    needsEvidence: criterion.evidenceRequired,
    isWaiverRequested: criterion.waiverState === 'requested',
    isSentBack: isSentBack && !SETTLED.includes(assessment),
  }
}

/** What a rule found, such as "2 critical issues are overdue". */
export function verdictText(rule: string, verdict: Verdict) {
  return verdict.total === 0 ? 'Met on current data' : found(rule, verdict)
}

type Fact = [label: string, value: string | null, none?: string]

function facts(gate: Gate, stage: Stage, outcome: Outcome | null | undefined) {
  const moved: Fact[] = [
    ['First baseline', day(gate.firstBaselineOn)],
    ['Reason for the new baseline', gate.baselineReason],
  ]
  const slip: Fact = ['Slip', slipText(datesThatCount(gate, outcome)), 'Not known']
  const rows: Fact[] = [
    ['Closes', stage.name],
    ['Baseline', gate.baselineOn && day(gate.baselineOn)],
    ...(gate.firstBaselineOn === gate.baselineOn ? [] : moved),
    ...expectedDates(gate, outcome).map(({ label, on, none }): Fact => [
      label,
      on && day(on),
      none,
    ]),
    ...(outcome === 'rejected' ? [] : [slip]),
  ]
  return rows.map(([label, value, none = 'Not set']) => ({ label, value, none }))
}
