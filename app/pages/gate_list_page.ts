import type { Viewer } from '#identity/viewer'
import Gate from '#models/gate'
import type Project from '#models/project'
import type Stage from '#models/stage'
import { timelineState } from '#pages/gate_timeline'
import { isLate, slipText } from '#pages/gate_words'
import * as terms from '#registries/terms'

/** Everything that the list of a project's gates shows: the timeline, and the same as a table. */
export async function gateListState(project: Project, viewer: Viewer) {
  const stages = await project.related('stages').query()
  const gates = (await Gate.of(project)).map((gate) => gate.refersTo(project))
  return {
    timeline: timelineState(project, stages, gates),
    stages: stages.map((stage) => stageState(project, stage, gates)),
    hasGates: gates.length > 0,
    can: { update: viewer.can('gate.update', project) },
  }
}

/** One row for each stage, with the gate that closes it. */
function stageState(project: Project, stage: Stage, gates: Gate[]) {
  const gate = gates.find(({ stageId }) => stageId === stage.id)
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
      status: terms.gateStatuses[gate.status],
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
