import type { Viewer } from '#identity/viewer'
import { addDays, today } from '#models/days'
import { boardProblems } from '#models/deciding/problems'
import { afterStep } from '#models/deciding/states'
import type Gate from '#models/gate'
import { readinessOf } from '#models/gate/readiness'
import GateBoard from '#models/gate_board'
import { decisionRules } from '#models/gate_defaults'
import type Project from '#models/project'

/** How many days the deciders have unless the gate's forecast says otherwise. */
const DAYS_TO_DECIDE = 14

/** The form that submits a gate: what blocks it, what its deciders will be told, and the decision date. */
export async function submissionState(project: Project, gate: Gate, viewer: Viewer) {
  const { blockers, warnings } = await readinessOf(project, gate, viewer)
  const problems = await boardProblems(project, gate, viewer.membershipId)
  const known = new Set(blockers.map(({ title }) => title))
  const board = await GateBoard.of(gate)
  return {
    gate: { id: gate.id, ref: gate.ref, name: gate.name, lockVersion: gate.lockVersion },
    blockers: [...blockers, ...problems.filter(({ title }) => !known.has(title))],
    warnings,
    rule: decisionRules[board.decisionRule],
    isInPreparation: afterStep(gate.status, 'submit') !== null,
    decideBy: decideBy(gate),
  }
}

function decideBy({ forecastOn }: Gate) {
  if (forecastOn && forecastOn > today()) return forecastOn
  return addDays(today(), DAYS_TO_DECIDE)
}
