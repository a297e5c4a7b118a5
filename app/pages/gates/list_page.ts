import type { Viewer } from '#identity/viewer'
import { openConditions } from '#models/condition/open'
import { isApproval, type Outcome } from '#models/deciding/enumerations'
import Gate from '#models/gate'
import { datesThatCount } from '#models/gate/slip'
import GateDecision from '#models/gate_decision'
import type Project from '#models/project'
import type Stage from '#models/stage'
import { expectedDates } from '#pages/gates/expected_dates'
import { timelineState, type TimelineGate } from '#pages/gates/timeline'
import { exportsOf } from '#pages/list_parts'
import { isLate, slipText } from '#pages/gates/words'
import * as terms from '#registries/terms'

/** Everything that the list of a project's gates shows: the timeline, and the same as a table. */
export async function gateListState(project: Project, viewer: Viewer) {
  const [stages, found, conditions] = await Promise.all([
    project.related('stages').query(),
    Gate.of(project),
    openConditions(project),
  ])
  const gates = found.map((gate) => gate.refersTo(project))
  const outcomes = await outcomesOf(project, gates)
  const overdue = conditions.filter(({ isOverdue }) => isOverdue)
  const lapsed = new Set(overdue.map(({ gateId }) => gateId))
  return {
    timeline: timelineState(project, stages, toDated(gates, outcomes)),
    stages: stages.map((stage) => stageState(stage, { project, gates, outcomes, lapsed })),
    hasGates: gates.length > 0,
    exports: exportsOf(`/projects/${project.id}/gates`),
    isUndated: gates.some((gate) => gate.status !== 'decided' && !gate.forecastOn),
    can: {
      update: viewer.can('gate.update', project),
      schedule:
        viewer.can('gate.update', project) && gates.some(({ status }) => status !== 'decided'),
    },
  }
}

/** The current decisions on the gates. */
async function outcomesOf(project: Project, gates: Gate[]) {
  const decisions = await GateDecision.standingIn(project)
  const decided = gates.filter(({ id, status }) => status === 'decided' && decisions.has(id))
  return new Map(decided.map(({ id }) => [id, decisions.get(id)!.outcome]))
}

function toDated(gates: Gate[], outcomes: Map<string, Outcome>): TimelineGate[] {
  return gates.map((gate) => {
    const { ref, name, stageId, firstBaselineOn } = gate
    const outcome = outcomes.get(gate.id)
    const isRejected = outcome === 'rejected'
    return { ref, name, stageId, firstBaselineOn, isRejected, ...datesThatCount(gate, outcome) }
  })
}

type Around = {
  project: Project
  gates: Gate[]
  outcomes: Map<string, Outcome>
  lapsed: Set<string>
}

/** One row for each stage, with the gate that closes it. */
function stageState(stage: Stage, { project, gates, outcomes, lapsed }: Around) {
  const gate = gates.find(({ stageId }) => stageId === stage.id)
  const outcome = gate && outcomes.get(gate.id)
  return {
    id: stage.id,
    name: stage.name,
    isCurrent: stage.id === project.stageId,
    start: stage.actualStartOn ?? stage.forecastStartOn ?? stage.baselineStartOn,
    end: stage.actualEndOn ?? stage.forecastEndOn ?? stage.baselineEndOn,
    gate: gate && gateState(gate, outcome, lapsed.has(gate.id)),
  }
}

function gateState(gate: Gate, outcome: Outcome | undefined, hasLapsed: boolean) {
  const dates = datesThatCount(gate, outcome)
  return {
    id: gate.id,
    ref: gate.ref,
    name: gate.name,
    status: outcome ? terms.outcomes[outcome] : terms.gateStatuses[gate.status],
    isLapsed: isApproval(outcome) && hasLapsed,
    dates: [
      { label: 'Baseline', on: gate.baselineOn, none: 'Not set' },
      ...expectedDates(gate, outcome),
    ],
    slip: slipText(dates),
    isLate: isLate(dates),
  }
}
