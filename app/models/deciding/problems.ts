import { bars } from '#models/deciding/enumerations'
import { fillableSeats, quorumOf } from '#models/deciding/rules'
import { chairOf, seatsOf, type Seat } from '#models/deciding/seats'
import type Gate from '#models/gate'
import type { ReadinessItem } from '#models/gate/readiness'
import GateBoard from '#models/gate_board'
import Membership from '#models/membership'
import type Project from '#models/project'

/**
 * Why a gate could never be decided with its present board. `submitterId` is the person who would submit it, and who
 * may therefore never decide it.
 */
export async function boardProblems(
  project: Project,
  gate: Gate,
  submitterId: string | null = null
): Promise<ReadinessItem[]> {
  const seats = await seatsOf(gate, { submitterId, managerIds: [project.managerId] })
  const board = await GateBoard.of(gate)
  const titles = seats.length === 0 ? [NOBODY] : await faults(seats, quorumOf(board))
  const href = `/projects/${project.id}/gates/${gate.id}/board`
  return titles.map((title, index) => ({
    key: `board:${index}`,
    title,
    detail: 'The gate could not be decided.',
    fix: { label: 'See who decides', href },
    offenders: [],
    more: 0,
  }))
}

const NOBODY = 'This gate has no deciders'

async function faults(seats: Seat[], quorum: number) {
  const fillable = fillableSeats(seats.map(({ role, bar }) => ({ role, isBarred: bar !== null })))
  return [
    ...(chairOf(seats) ? [] : ['This gate has no chair']),
    ...(await barred(seats)),
    ...(fillable < quorum
      ? [`The quorum is ${quorum}, but only ${fillable} of these people can vote`]
      : []),
  ]
}

/** Seats for which no one may vote, and without which nothing is decided. */
async function barred(seats: Seat[]) {
  const held = seats.filter(({ bar, role, required }) => bar && (role === 'chair' || required))
  const names = await Membership.names(held.map(({ memberId }) => memberId))
  return held.map(
    ({ memberId, role, bar }) =>
      `${names.get(memberId)}, who ${role === 'chair' ? 'chairs' : 'is required'}, ${bars[bar!]}`
  )
}
