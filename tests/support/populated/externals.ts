import { randomUUID } from 'node:crypto'
import ExternalResource from '#models/external_resource'
import type Project from '#models/project'
import Task from '#models/task'
import type { Person, World } from '#tests/support/world'

/** A person outside with an address, and a task assigned to them together with its link. */
export async function addLinkedTask(world: World, project: Project, by?: Person) {
  const manager = by ?? (await world.person('manager'))
  const email = `surveyor-${randomUUID()}@example.test`
  return world.inside(async () => {
    const person = await ExternalResource.add({ name: 'A surveyor', email }, manager)
    const task = await Task.add(project, {
      title: 'Survey the quay',
      externalResourceId: person.id,
    })
    return { person, task }
  }, manager)
}
