import { chairOf, seatsOfEach } from '#models/deciding/seats'
import type Project from '#models/project'

type Chaired = { project: Pick<Project, 'managerId'>; gate: { id: string } }

/** The chair of a gate today, or a deputy standing in; null while no one may chair. */
export async function chairHolder(project: Chaired['project'], gate: Chaired['gate']) {
  const [holder] = await chairHolders([{ project, gate }])
  return holder
}

/** The same for each of many gates. */
export async function chairHolders(gates: Chaired[]): Promise<(string | null)[]> {
  const boards = await seatsOfEach(
    gates.map(({ project, gate }) => ({
      gate,
      parties: { submitterId: null, managerIds: [project.managerId] },
    }))
  )
  return boards.map((seats) => chairOf(seats)?.holderId ?? null)
}

/** True when this member chairs the gate today. */
export async function isChairOf(
  project: Chaired['project'],
  gate: Chaired['gate'],
  membershipId: string
) {
  return (await chairHolder(project, gate)) === membershipId
}
