import { DateTime } from 'luxon'
import { v7 as uuidv7 } from 'uuid'
import { beginning } from '#models/text/beginning'
import LifecycleTemplate from '#models/lifecycle_template'

/**
 * The stand-in for the lifecycle of a project from elsewhere: its gates refer to one, and it is on offer to no other
 * project.
 */
export async function importedLifecycle(projectName: string) {
  const id = uuidv7()
  const now = DateTime.utc()
  await LifecycleTemplate.create({
    id,
    originId: id,
    version: 1,
    status: 'retired',
    publishedAt: now,
    retiredAt: now,
    name: beginning(`Lifecycle of ${projectName}`, 200),
    description: 'Came with a project that was imported.',
    lockVersion: 1,
  })
  return id
}
