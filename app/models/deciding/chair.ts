import { chairOf, seatsOf } from '#models/deciding/seats'
import type Project from '#models/project'

/** The chair of a gate today, or a deputy standing in; null while no one may chair. */
export async function chairHolder(project: Pick<Project, 'managerId'>, gate: { id: string }) {
  const seats = await seatsOf(gate, { submitterId: null, managerIds: [project.managerId] })
  return chairOf(seats)?.holderId ?? null
}

/** True when this member chairs the gate today. */
export async function isChairOf(
  project: Pick<Project, 'managerId'>,
  gate: { id: string },
  membershipId: string
) {
  return (await chairHolder(project, gate)) === membershipId
}
