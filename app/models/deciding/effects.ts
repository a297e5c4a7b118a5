import { today } from '#models/days'
import { isApproval } from '#models/deciding/enumerations'
import { moveOn } from '#models/deciding/progress'
import type Round from '#models/deciding/round'
import { afterStep } from '#models/deciding/states'
import Gate from '#models/gate'
import type GateDecision from '#models/gate_decision'
import type Project from '#models/project'

/** What follows from a decision: the gate is decided, and an approval opens the way to what comes next. */
export async function applyOutcome({ project, gate }: Round, decision: GateDecision) {
  gate.status = afterStep(gate.status, 'decide') ?? gate.status
  if (isApproval(decision.outcome)) return applyApproval(project, gate, today())
  putOff(gate, decision)
  await gate.saveRevision()
}

/** A deferred gate is not expected before the date that its deciders set. */
export function putOff(gate: Gate, { revisitOn }: GateDecision) {
  if (revisitOn && (gate.forecastOn ?? '') < revisitOn) gate.forecastOn = revisitOn
}

/** The gate is passed: the next one is prepared, and the project moves on. */
export async function applyApproval(project: Project, gate: Gate, heldOn: string) {
  gate.actualOn = heldOn
  await gate.saveRevision()
  await prepareNext(project, gate)
  await moveOn(project, gate)
}

/** The gate is not passed after all. By now the project itself says which stage it is in. */
export async function takeBackApproval(project: Project, gate: Gate) {
  gate.actualOn = null
  await gate.saveRevision()
  const next = await nextGate(gate)
  if (next?.status !== 'preparing') return
  await next.holdRow()
  // It may have been submitted in the meantime.
  if (next.status !== 'preparing') return
  next.refersTo(project).status = 'planned'
  await next.saveRevision()
}

async function prepareNext(project: Project, gate: Gate) {
  const next = await nextGate(gate)
  if (next?.status !== 'planned') return
  await next.holdRow()
  next.refersTo(project).status = afterStep(next.status, 'prepare') ?? next.status
  await next.saveRevision()
}

function nextGate(gate: Gate) {
  return Gate.query()
    .where('project_id', gate.projectId)
    .where('position', '>', gate.position)
    .orderBy('position')
    .first()
}
