import { bars } from '#models/deciding/enumerations'
import { fillableSeats, quorumOf } from '#models/deciding/rules'
import { chairOf, seatsOf, type Seat } from '#models/deciding/seats'
import type Gate from '#models/gate'
import GateBoard from '#models/gate_board'
import Membership from '#models/membership'
import type Project from '#models/project'

/** Why no decision could ever fall at a gate, as its board is set now, and where that is put right. */
export type BoardProblem = { message: string; href: string }

/** `submitterId` is whoever would submit it, and so never decides it. */
export async function boardProblems(
  project: Project,
  gate: Gate,
  submitterId: string | null = null
): Promise<BoardProblem[]> {
  const seats = await seatsOf(gate, { submitterId, managerIds: [project.managerId] })
  const board = await GateBoard.of(gate)
  const messages = seats.length === 0 ? [NOBODY] : await faults(seats, quorumOf(board))
  const href = `/projects/${project.id}/gates/${gate.id}/board`
  return messages.map((message) => ({ message, href }))
}

const NOBODY = 'Nobody is named to decide this gate'

async function faults(seats: Seat[], quorum: number) {
  const chair = chairOf(seats)
  const held = seats.filter(({ bar, role, required }) => bar && (role === 'chair' || required))
  const names = await Membership.names(held.map(({ memberId }) => memberId))
  const barred = held.map(
    ({ memberId, role, bar }) =>
      `${names.get(memberId)}, who ${role === 'chair' ? 'chairs' : 'is required'}, ${bars[bar!]}`
  )
  const fillable = fillableSeats(seats.map(({ role, bar }) => ({ role, isBarred: bar !== null })))
  const short =
    fillable < quorum
      ? [`The quorum is ${quorum}, but only ${fillable} of those named may decide`]
      : []
  return [...(chair ? [] : ['Nobody chairs this gate']), ...barred, ...short]
}
