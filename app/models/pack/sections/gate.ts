import type { PackRecord, Section } from '#models/pack/content'
import Gate from '#models/gate'
import GateBoard from '#models/gate_board'
import GateDecider from '#models/gate_decider'
import LifecycleTemplate from '#models/lifecycle_template'
import type Project from '#models/project'

/** The gate, its project, its present stage, and who decides by which rule. */
export async function gateSection(project: Project, gate: Gate): Promise<Section> {
  const board = await GateBoard.of(gate)
  const stages = await project.related('stages').query()
  const closing = await gatesOf(project)
  const lifecycle = await LifecycleTemplate.find(gate.templateId)
  const seats = await GateDecider.of(gate).orderBy('membership_id')
  return {
    facts: {
      ...gateFacts(gate),
      ...projectFacts(project),
      lifecycle: lifecycle?.name ?? null,
      lifecycle_version: lifecycle?.version ?? null,
      decision_rule: board.decisionRule,
      quorum: board.quorum,
      is_polled: board.isPolled,
    },
    lists: {
      seats: seats.map(({ membershipId, role, required }) => ({
        id: membershipId,
        member_id: membershipId,
        role,
        required,
      })),
      stages: stages.map((stage): PackRecord => ({
        id: stage.id,
        name: stage.name,
        position: stage.position,
        is_current: stage.id === project.stageId,
        baseline_end_on: stage.baselineEndOn,
        forecast_end_on: stage.forecastEndOn,
        actual_end_on: stage.actualEndOn,
        ...milestoneOf(closing.get(stage.id)),
      })),
    },
  }
}

/** The gates of the project by the stage that each closes. */
async function gatesOf(project: Project) {
  const gates = await Gate.of(project)
  return new Map(gates.map((gate) => [gate.stageId, gate.refersTo(project)]))
}

/** When the gate that closes a stage was planned, is expected, and was held. */
function milestoneOf(gate: Gate | undefined) {
  return {
    gate: gate?.ref ?? null,
    gate_baseline_on: gate?.baselineOn ?? null,
    gate_forecast_on: gate?.forecastOn ?? null,
    gate_actual_on: gate?.actualOn ?? null,
  }
}

/** The status is left out: submitting is what changes it. */
function gateFacts(gate: Gate) {
  return {
    gate: gate.ref,
    gate_name: gate.name,
    gate_purpose: gate.purpose,
    gate_baseline_on: gate.baselineOn,
    gate_forecast_on: gate.forecastOn,
  }
}

function projectFacts(project: Project) {
  return {
    project: project.code,
    project_name: project.name,
    project_status: project.status,
    manager_id: project.managerId,
    sponsor_id: project.sponsorId,
    baseline_start_on: project.baselineStartOn,
    baseline_end_on: project.baselineEndOn,
    forecast_start_on: project.forecastStartOn,
    forecast_end_on: project.forecastEndOn,
  }
}
