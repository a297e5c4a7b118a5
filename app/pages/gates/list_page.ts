import type { Viewer } from '#identity/viewer'
import { openConditions } from '#models/condition/open'
import { isApproval } from '#models/deciding/enumerations'
import Gate from '#models/gate'
import GateDecision from '#models/gate_decision'
import type Project from '#models/project'
import type Stage from '#models/stage'
import { timelineState } from '#pages/gates/timeline'
import { exportsOf } from '#pages/list_parts'
import { isLate, slipText } from '#pages/gates/words'
import * as terms from '#registries/terms'

/** Everything that the list of a project's gates shows: the timeline, and the same as a table. */
export async function gateListState(project: Project, viewer: Viewer) {
  const stages = await project.related('stages').query()
  const gates = (await Gate.of(project)).map((gate) => gate.refersTo(project))
  const decisions = await GateDecision.standingIn(project)
  const overdue = (await openConditions(project)).filter(({ isOverdue }) => isOverdue)
  const lapsed = new Set(overdue.map(({ gateId }) => gateId))
  return {
    timeline: timelineState(project, stages, gates),
    stages: stages.map((stage) => stageState(stage, { project, gates, decisions, lapsed })),
    hasGates: gates.length > 0,
    exports: exportsOf(`/projects/${project.id}/gates`),
    can: { update: viewer.can('gate.update', project) },
  }
}

type Around = {
  project: Project
  gates: Gate[]
  decisions: Map<string, GateDecision>
  lapsed: Set<string>
}

/** One row for each stage, with the gate that closes it. */
function stageState(stage: Stage, { project, gates, decisions, lapsed }: Around) {
  const gate = gates.find(({ stageId }) => stageId === stage.id)
  const outcome = gate?.status === 'decided' ? decisions.get(gate.id)?.outcome : undefined
  return {
    id: stage.id,
    name: stage.name,
    isCurrent: stage.id === project.stageId,
    start: stage.actualStartOn ?? stage.forecastStartOn ?? stage.baselineStartOn,
    end: stage.actualEndOn ?? stage.forecastEndOn ?? stage.baselineEndOn,
    gate: gate && {
      id: gate.id,
      ref: gate.ref,
      name: gate.name,
      status: outcome ? terms.outcomes[outcome] : terms.gateStatuses[gate.status],
      isLapsed: isApproval(outcome) && lapsed.has(gate.id),
      dates: [
        { label: 'Baseline', on: gate.baselineOn, none: 'Not set' },
        { label: 'Forecast', on: gate.forecastOn, none: 'Not set' },
        { label: 'Held', on: gate.actualOn, none: 'Not yet' },
      ],
      slip: slipText(gate),
      isLate: isLate(gate),
    },
  }
}
