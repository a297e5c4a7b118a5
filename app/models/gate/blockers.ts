import { openConditions } from '#models/condition/open'
import { isApproval, outcomes } from '#models/deciding/enumerations'
import { boardProblems } from '#models/deciding/problems'
import Gate from '#models/gate'
import { assessments } from '#models/gate/enumerations'
import { assessmentItem, criterionItem, ruleItem } from '#models/gate/items'
import type { ReadinessItem } from '#models/gate/readiness'
import { gateRef } from '#models/gate/refs'
import type { Place } from '#models/gate/rules/rule'
import type { CriterionStanding, GateStanding } from '#models/gate/standing'
import GateDecision from '#models/gate_decision'
import type Project from '#models/project'

const SATISFIED = ['met', 'waived', 'not_applicable']
const CLAIMED = ['met', 'partly_met']

/** What prevents the gate's submission. */
export async function blockersOf(place: Place, { criteria }: GateStanding) {
  return [
    ...criteria.filter(isUnmet).map((standing) => unmet(place, standing)),
    ...criteria.filter(lacksEvidence).map((standing) => withoutEvidence(place, standing)),
    ...(await unapprovedBefore(place.project, place.gate)),
    ...(await openBefore(place)),
    ...(await boardProblems(place.project, place.gate)),
  ]
}

/** The assessment claims what the required evidence does not show. */
export function lacksEvidence({ criterion, assessment, evidence }: CriterionStanding) {
  return criterion.evidenceRequired && CLAIMED.includes(assessment) && evidence.length === 0
}

/** A mandatory criterion, or one named when the gate was sent back, is neither met nor waived. */
function isUnmet({ criterion, assessment, isSentBack }: CriterionStanding) {
  return (criterion.isMust || isSentBack) && !SATISFIED.includes(assessment)
}

function unmet(place: Place, standing: CriterionStanding): ReadinessItem {
  const { criterion, assessment, verdict, isSentBack } = standing
  if (criterion.waiverState === 'requested') {
    const detail = 'Must be met. A waiver request is waiting for the chair.'
    return criterionItem(place, standing, { kind: 'unmet', detail, label: 'Open request' })
  }
  if (criterion.rule && verdict) {
    return ruleItem(place, criterion.rule, verdict, { title: criterion.title, kind: 'unmet' })
  }
  const why = isSentBack ? 'The gate was sent back because of it' : 'Must be met'
  const detail = `${why}; it is ${assessments[assessment].toLowerCase()}.`
  return assessmentItem(place, standing, { kind: 'unmet', detail, label: 'Assess' })
}

function withoutEvidence(place: Place, standing: CriterionStanding): ReadinessItem {
  const detail = 'Assessed, but no evidence is attached.'
  return assessmentItem(place, standing, { kind: 'evidence', detail, label: 'Add evidence' })
}

/** Gates are decided in order, and each relies on the approval of the previous one. */
export async function unapprovedBefore(project: Project, gate: Gate): Promise<ReadinessItem[]> {
  const earlier = await Gate.of(project).where('position', '<', gate.position)
  const decisions = await GateDecision.standingIn(project)
  return earlier.flatMap(({ id, number, name, status }) => {
    const outcome = decisions.get(id)?.outcome ?? null
    if (status === 'decided' && (outcome === null || isApproval(outcome))) return []
    const how =
      outcome && status === 'decided' ? outcomes[outcome].toLowerCase() : 'not decided yet'
    return [
      {
        key: `earlier:${id}`,
        title: `${gateRef(project.code, number)} ${name} is ${how}`,
        detail: 'Gates are approved in their order.',
        fix: { label: 'Open gate', href: `/projects/${project.id}/gates/${id}` },
        offenders: [],
        more: 0,
      },
    ]
  })
}

/** The conditions of an earlier approval are met before the next one is asked for. */
async function openBefore({ project }: Place): Promise<ReadinessItem[]> {
  const open = await openConditions(project)
  return open
    .filter(({ blocks }) => blocks)
    .map(({ id, ref, text, href, isOverdue }) => ({
      key: `condition:${id}`,
      title: `${ref} ${text}`,
      detail: isOverdue
        ? 'An overdue condition of an earlier approval, which has lapsed.'
        : 'A condition of an earlier approval that must be met before the next gate.',
      fix: { label: 'Open condition', href },
      offenders: [],
      more: 0,
    }))
}
