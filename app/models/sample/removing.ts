import { enqueue } from '#jobs/enqueue'
import type Project from '#models/project'
import Tenancy from '#tenancy/tenancy'

/**
 * Removes the whole sample project: it is cancelled at once, and a job deletes it, which no role of the web process may
 * do.
 */
export async function removeSample(project: Project) {
  await project.lockRow(project.lockVersion)
  project.status = 'cancelled'
  await project.saveRevision()
  const { trx, membershipId } = Tenancy.current()
  await enqueue(trx, 'remove_sample', { projectId: project.id, by: membershipId })
}
