import { afterStep } from '#models/deciding/states'
import type Gate from '#models/gate'
import GateDecision from '#models/gate_decision'
import { refuse } from '#models/violation'

/** Starts preparing a gate: the first time, or again after it was withdrawn or sent back. */
export async function prepare(gate: Gate) {
  await gate.holdRow()
  const decision = await GateDecision.standingAt(gate)
  const status = afterStep(gate.status, 'prepare', decision?.outcome)
  if (!status) refuse('gate', 'This gate cannot be prepared now')
  gate.status = status
  await gate.auditAs('gate.prepared').saveRevision()
}
