import Programme from '#models/programme'
import Project from '#models/project'
import type { World } from '#tests/support/world'

/** A programme that holds the project. */
export async function addPortfolioRows(world: World, project: Project) {
  const { membershipId } = await world.person('manager')
  await world.inside(async () => {
    const programme = await beginProgramme({ managerId: membershipId })
    await programme.take(await Project.findOrFail(project.id))
  })
}

/** A programme with a code of its own, as whoever is at work. */
export function beginProgramme(fields: Partial<Programme> = {}) {
  const code = `P${Math.random().toString(36).slice(2, 9).toUpperCase()}`
  const rest = { name: 'Harbour renewal', description: null, managerId: null }
  return Programme.begin({ code, ...rest, ...fields } as Programme)
}
