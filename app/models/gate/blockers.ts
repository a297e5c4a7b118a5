import { boardProblems } from '#models/deciding/problems'
import Gate, { gateRef } from '#models/gate'
import { assessments } from '#models/gate/enumerations'
import { criterionItem, ruleItem } from '#models/gate/items'
import type { ReadinessItem } from '#models/gate/readiness'
import type { Place } from '#models/gate/rules/rule'
import type { CriterionStanding, GateStanding } from '#models/gate/standing'

const SATISFIED = ['met', 'waived', 'not_applicable']
const CLAIMED = ['met', 'partly_met']

/** What keeps the gate from being submitted. */
export async function blockersOf(place: Place, { criteria }: GateStanding) {
  return [
    ...criteria.filter(isUnmetMust).map((standing) => unmet(place, standing)),
    ...criteria.filter(lacksEvidence).map((standing) => withoutEvidence(place, standing)),
    ...(await undecidedBefore(place)),
    ...(await undecidable(place)),
  ]
}

/** The assessment claims what the evidence that was asked for does not show. */
export function lacksEvidence({ criterion, assessment, evidence }: CriterionStanding) {
  return criterion.evidenceRequired && CLAIMED.includes(assessment) && evidence.length === 0
}

function isUnmetMust({ criterion, assessment }: CriterionStanding) {
  return criterion.isMust && !SATISFIED.includes(assessment)
}

/** A must-meet criterion that is neither met nor set aside. */
function unmet(place: Place, standing: CriterionStanding): ReadinessItem {
  const { criterion, assessment, verdict } = standing
  if (criterion.waiverState === 'requested') {
    const detail = 'Must be met. A request to set it aside waits for the chair.'
    return criterionItem(place, standing, { kind: 'unmet', detail, label: 'Open the request' })
  }
  if (criterion.rule && verdict) {
    return ruleItem(place, criterion.rule, verdict, { title: criterion.title, kind: 'unmet' })
  }
  const detail = `Must be met; it is ${assessments[assessment].toLowerCase()}.`
  return criterionItem(place, standing, { kind: 'unmet', detail, label: 'Assess it' })
}

function withoutEvidence(place: Place, standing: CriterionStanding): ReadinessItem {
  const detail = 'Assessed, but no evidence is attached.'
  return criterionItem(place, standing, { kind: 'evidence', detail, label: 'Add evidence' })
}

/** Nobody is there to decide, or too few. */
async function undecidable({ project, gate }: Place): Promise<ReadinessItem[]> {
  const problems = await boardProblems(project, gate)
  return problems.map(({ message, href }, index) => ({
    key: `board:${index}`,
    title: message,
    detail: null,
    fix: { label: 'Set who decides', href },
    offenders: [],
    more: 0,
  }))
}

/** Gates are decided in their order. */
async function undecidedBefore({ project, gate }: Place): Promise<ReadinessItem[]> {
  const earlier = await Gate.of(project)
    .where('position', '<', gate.position)
    .whereNot('status', 'decided')
  return earlier.map(({ id, number, name }) => ({
    key: `earlier:${id}`,
    title: `${gateRef(project.code, number)} ${name} is not decided yet`,
    detail: 'Gates are decided in their order.',
    fix: { label: 'Open that gate', href: `/projects/${project.id}/gates/${id}` },
    offenders: [],
    more: 0,
  }))
}
