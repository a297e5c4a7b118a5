import { chairOf as chairAmong, seatsOf } from '#models/deciding/seats'
import type Gate from '#models/gate'
import type Project from '#models/project'

/**
 * Who chairs a gate today, by membership, a deputy where one stands in; null while nobody may. Before anybody
 * is named the sponsor does.
 */
export async function chairOf(gate: Gate, project: Project): Promise<string | null> {
  const seats = await seatsOf(gate, { submitterId: null, managerIds: [project.managerId] })
  if (seats.length > 0) return chairAmong(seats)?.holderId ?? null
  return project.sponsorId === project.managerId ? null : project.sponsorId
}

/** True when this member may consent in the chair's name. */
export async function isChair(gate: Gate, project: Project, membershipId: string) {
  return (await chairOf(gate, project)) === membershipId
}
