import { sampleOf } from '#models/sample/adding'
import type { Exercise } from '#tests/support/exercises'
import type { Scene } from '#tests/support/scene'
import type { World } from '#tests/support/world'

/** How to make each audited route of the first run succeed once. */
export const setupExercises: Record<string, (scene: Scene) => Promise<Exercise>> = {
  'samples.store': async ({ world }) => {
    await makeOrdinary(world)
    return { as: 'owner' }
  },
  'samples.destroy': async ({ world }) => {
    await makeOrdinary(world)
    const project = await world.project({ isSample: true, visibility: 'organisation' })
    return { as: 'owner', params: { project_id: project.id } }
  },
  'setup.dismissals.update': async () => ({ as: 'owner' }),
  'setup.dismissals.destroy': async () => ({ as: 'owner' }),
}

/** There can be one sample: the former one is an ordinary project from now on. */
async function makeOrdinary(world: World) {
  await world.inside(async () => {
    await (await sampleOf())?.merge({ isSample: false }).save()
  })
}
