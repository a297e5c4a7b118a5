import { randomUUID } from 'node:crypto'
import ExternalResource from '#models/external_resource'
import type { Exercise } from '#tests/support/exercises'
import type { Scene } from '#tests/support/scene'

/** How to make each audited route about people outside succeed once. */
export const externalExercises: Record<string, (scene: Scene) => Promise<Exercise>> = {
  'externals.store': async () => ({
    as: 'admin',
    body: { name: 'A surveyor', email: address() },
  }),
  'externals.update': async (scene) => ({
    as: 'admin',
    params: { id: (await outsider(scene)).id },
    body: { name: 'Another surveyor', email: address(), lock_version: '1' },
  }),
  'externals.archives.store': async (scene) => ({
    as: 'owner',
    params: { id: (await outsider(scene)).id },
  }),
  'externals.archives.destroy': async (scene) => {
    const person = await outsider(scene)
    await scene.world.inside(async () => (await ExternalResource.findById(person.id)).archive())
    return { as: 'owner', params: { id: person.id } }
  },
}

/** A person outside whom nobody else uses. */
function outsider({ world }: Scene) {
  return world.inside(() =>
    ExternalResource.add({ name: 'A surveyor', email: address() }, { name: 'An admin' })
  )
}

function address() {
  return `surveyor-${randomUUID()}@example.test`
}
