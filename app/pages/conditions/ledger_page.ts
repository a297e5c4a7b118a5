import { conditionStates, type ConditionState } from '#models/condition/enumerations'
import { isApproval } from '#models/deciding/enumerations'
import type Gate from '#models/gate'
import GateCondition from '#models/gate_condition'
import GateDecision from '#models/gate_decision'
import Membership from '#models/membership'
import type Project from '#models/project'
import { conditionLine } from '#pages/deciding/decision_view'

/** The conditions of one gate, filtered by state. */
export async function ledgerState(project: Project, gate: Gate, asked: unknown) {
  const all = await GateCondition.of(project).where('gate_id', gate.id)
  const decision = await GateDecision.standingAt(gate)
  const state = isState(asked) ? asked : null
  const shown = all.filter((condition) => state === null || condition.shownState === state)
  const names = await Membership.names(
    shown.flatMap(({ ownerId, claimedBy, answeredBy }) => [ownerId, claimedBy, answeredBy])
  )
  const nameOf = (id: string) => names.get(id) ?? 'A former member'
  return {
    gate: { id: gate.id, ref: gate.ref, name: gate.name },
    lapsed: isApproval(decision?.outcome) && all.some(({ isOverdue }) => isOverdue),
    hasAny: all.length > 0,
    tabs: tabsOf(all, state, `/projects/${project.id}/gates/${gate.id}/conditions`),
    conditions: shown.map((condition) => ({
      ...conditionLine(condition.refersTo(project), nameOf),
      last: lastWord(condition, nameOf),
    })),
  }
}

function isState(asked: unknown): asked is ConditionState {
  return typeof asked === 'string' && Object.hasOwn(conditionStates, asked)
}

/** All of them, and each state that is in use or being viewed. */
function tabsOf(all: GateCondition[], state: ConditionState | null, path: string) {
  const counted = (Object.keys(conditionStates) as ConditionState[]).map((one) => ({
    label: conditionStates[one],
    count: all.filter(({ shownState }) => shownState === one).length,
    current: one === state,
    href: `${path}?state=${one}`,
  }))
  return [
    { label: 'All', count: all.length, current: state === null, href: path },
    ...counted.filter(({ count, current }) => count > 0 || current),
  ]
}

/** The latest comment on a condition: by its owner, or by the person who answered. */
function lastWord(condition: GateCondition, nameOf: (id: string) => string) {
  const { state, claimedBy, claimedOn, claim, answeredBy, answeredOn, answer } = condition
  if (answeredBy) {
    const how = { verified: 'Verified', waived: 'Waived', open: 'Sent back', claimed: 'Answered' }
    return { text: `${how[state]} by ${nameOf(answeredBy)}`, on: answeredOn, said: answer }
  }
  if (!claimedBy) return null
  return { text: `Claimed by ${nameOf(claimedBy)}`, on: claimedOn, said: claim }
}
