import type { NamedSeat } from '#models/deciding/naming'
import Gate from '#models/gate'
import { UNSUBMITTED } from '#models/gate/enumerations'
import GateBoard, { type BoardTerms } from '#models/gate_board'
import GateDecider from '#models/gate_decider'
import type Project from '#models/project'

/** The later gates that have no board yet, in order. */
export async function unnamedBehind(project: Project, gate: Gate) {
  const named = GateDecider.query().where('project_id', project.id).select('gate_id')
  const later = await Gate.of(project)
    .where('position', '>', gate.position)
    .whereIn('status', UNSUBMITTED)
    .whereNotIn('id', named)
  return later.map((one) => one.refersTo(project))
}

/** Names the same board, with the same rule, at the later gates that have none. Returns those gates. */
export async function nameBehind(
  project: Project,
  gate: Gate,
  terms: BoardTerms,
  seats: NamedSeat[]
) {
  const set: Gate[] = []
  for (const later of await unnamedBehind(project, gate)) {
    await later.holdRow()
    if (!later.isUnsubmitted || (await GateDecider.of(later).first())) continue
    await (await GateBoard.of(later)).set(project, later, terms, seats)
    set.push(later)
  }
  return set
}
