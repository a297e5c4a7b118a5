import { isApproval, type Outcome } from '#models/deciding/enumerations'
import type Gate from '#models/gate'
import { gateStatuses } from '#models/gate/enumerations'
import { datesThatCount } from '#models/gate/slip'
import type GateDecision from '#models/gate_decision'
import type Project from '#models/project'
import { isLate, slipText } from '#pages/gates/words'

type Parts = {
  stages: { id: string; name: string }[]
  gates: Gate[]
  decisions: Map<string, GateDecision>
}

/** The stages of a project in order, each with the gate that closes it. */
export function stageStates(project: Project, { stages, gates, decisions }: Parts) {
  const current = stages.findIndex((stage) => stage.id === project.stageId)
  return stages.map((stage, index) => {
    const gate = gates.find(({ stageId }) => stageId === stage.id)
    return {
      name: stage.name,
      state: index < current ? 'done' : index === current ? 'current' : 'ahead',
      gate: gate ? gateState(gate, decisions.get(gate.id)) : null,
    }
  })
}

function gateState(gate: Gate, decision: GateDecision | undefined) {
  const outcome = gate.status === 'decided' ? (decision?.outcome ?? 'approved') : null
  const dates = datesThatCount(gate, outcome)
  return {
    name: gate.name,
    href: `/projects/${gate.projectId}/gates/${gate.id}`,
    ...howItStands(gate, outcome, decision),
    late: isLate(dates) ? slipText(dates) : null,
  }
}

/** A gate that was not passed is described by its decision: its dates are those of a gate still to come. */
function howItStands(gate: Gate, outcome: Outcome | null, decision: GateDecision | undefined) {
  if (outcome && !isApproval(outcome)) {
    return { isDecided: false, status: NOT_PASSED[outcome], on: decision!.revisitOn }
  }
  return {
    isDecided: outcome !== null,
    status: gateStatuses[gate.status],
    on: gate.actualOn ?? gate.forecastOn ?? gate.baselineOn,
  }
}

const NOT_PASSED: Partial<Record<Outcome, string>> = {
  deferred: 'Deferred to',
  rework: 'Sent back for rework',
  rejected: 'Rejected',
}
