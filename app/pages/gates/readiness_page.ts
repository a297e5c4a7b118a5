import type { Viewer } from '#identity/viewer'
import type Gate from '#models/gate'
import { readinessOf, type ReadinessItem } from '#models/gate/readiness'
import type { Offender } from '#models/gate/rules/rule'
import type Project from '#models/project'
import GateCriterionPolicy from '#policies/gate_criterion_policy'
import { day } from '#registries/formats'
import * as terms from '#registries/terms'

/** Everything that the readiness page of a gate shows. */
export async function readinessState(project: Project, gate: Gate, viewer: Viewer) {
  const { blockers, warnings } = await readinessOf(project, gate, viewer)
  return {
    gate: { id: gate.id, ref: gate.ref, name: gate.name, status: terms.gateStatuses[gate.status] },
    isUnsubmitted: gate.isUnsubmitted,
    verdict: verdictOn(blockers.length, warnings.length),
    blockers: blockers.map((item) => itemState(item, project, viewer)),
    warnings: warnings.map((item) => itemState(item, project, viewer)),
    can: {
      submit: gate.isUnsubmitted && blockers.length === 0 && viewer.can('gate.submit', project),
    },
  }
}

function verdictOn(blockers: number, warnings: number) {
  if (blockers > 0) return { tone: 'bad', text: `${things(blockers)} to fix before submission` }
  if (warnings > 0)
    return {
      tone: 'warn',
      text: `Ready to submit, with ${warnings === 1 ? 'one warning' : `${warnings} warnings`} for the deciders`,
    }
  return { tone: 'good', text: 'Ready to submit' }
}

function things(count: number) {
  return count === 1 ? 'one thing' : `${count} things`
}

function itemState(item: ReadinessItem, project: Project, viewer: Viewer) {
  return {
    ...item,
    fix: fixFor(item, project, viewer),
    offenders: item.offenders.map(offenderState),
    moreText: item.more > 0 ? moreText(item) : null,
  }
}

/** Whoever may not assess a criterion can still read it. */
function fixFor({ fix, toAssess }: ReadinessItem, project: Project, viewer: Viewer) {
  const may = !toAssess || new GateCriterionPolicy().assess(viewer, toAssess, project)
  return may ? fix : { ...fix, label: 'Open criterion' }
}

/** A record that breaks a rule, with what is wrong with it. A dimension of health has a name instead of a ref. */
export function offenderState({ why, on, ...offender }: Offender) {
  const isRef = /\d$/.test(offender.ref)
  return { ...offender, isRef, why: on ? `${why} ${day(on)}` : why }
}

/** Some may be left out because the viewer may not see them. */
export function moreText({ offenders, more }: Pick<ReadinessItem, 'offenders' | 'more'>) {
  const records = more === 1 ? 'record' : 'records'
  return offenders.length > 0
    ? `and ${more} more ${records}`
    : `${more} ${records} that you cannot see`
}
