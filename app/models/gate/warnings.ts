import { lacksEvidence } from '#models/gate/blockers'
import { assessments } from '#models/gate/enumerations'
import { assessmentItem, ruleItem } from '#models/gate/items'
import type { ReadinessItem } from '#models/gate/readiness'
import { FLAGS } from '#models/gate/rules/index'
import type { Place } from '#models/gate/rules/rule'
import { slipOf } from '#models/gate/slip'
import type { CriterionStanding, GateStanding } from '#models/gate/standing'

/** What the deciders will be told, and what never prevents the gate's submission. */
export function warningsOf(place: Place, standing: GateStanding): ReadinessItem[] {
  const { criteria } = standing
  return [
    ...criteria.filter(isUnmetShould).map((one) => unmet(place, one)),
    ...flags(place, standing),
    ...slip(place),
  ]
}

function isUnmetShould(standing: CriterionStanding) {
  const { criterion, assessment, isSentBack } = standing
  if (criterion.isMust || isSentBack || lacksEvidence(standing)) return false
  return ['not_assessed', 'partly_met', 'not_met'].includes(assessment)
}

function unmet(place: Place, standing: CriterionStanding): ReadinessItem {
  const { criterion, assessment, verdict } = standing
  if (criterion.rule && verdict) {
    return ruleItem(place, criterion.rule, verdict, { title: criterion.title, kind: 'unmet' })
  }
  const detail = `Should be met; it is ${assessments[assessment].toLowerCase()}.`
  return assessmentItem(place, standing, { kind: 'unmet', detail, label: 'Assess' })
}

/** What a criterion of the gate already requires is reported once, as that criterion. */
function flags(place: Place, { criteria, verdicts }: GateStanding): ReadinessItem[] {
  const asked = new Set(criteria.map(({ criterion }) => criterion.rule))
  return FLAGS.filter((key) => !asked.has(key)).flatMap((key) => {
    const verdict = verdicts.get(key)!
    return verdict.isMet ? [] : [ruleItem(place, key, verdict, { kind: 'flag' })]
  })
}

function slip(place: Place): ReadinessItem[] {
  const { gate } = place
  const days = slipOf(gate)
  if (days === null || days <= 0) return []
  return [
    {
      key: 'flag:slip',
      title: `The gate slips ${days === 1 ? 'one day' : `${days} days`} against its baseline`,
      detail: null,
      fix: datesOf(place),
      offenders: [],
      more: 0,
    },
  ]
}

/** Some people can change the dates; everyone else reads them on the gate's page. */
function datesOf({ project, gate, viewer }: Place) {
  const href = `/projects/${project.id}/gates/${gate.id}`
  const may = !viewer || viewer.can('gate.update', project)
  return may ? { label: 'Set dates', href: `${href}/dates/edit` } : { label: 'Open gate', href }
}
