import Project from '#models/project'
import { removeProject } from '#privacy/destruction/removal'
import Tenancy from '#tenancy/tenancy'

/** Removes the sample project that a member cancelled; anything else, and one that is already gone, is left alone. */
export async function removeSampleProject(organisationId: string, projectId: string, by: string) {
  const found = await Tenancy.system(organisationId, () =>
    Project.query().where({ id: projectId, isSample: true, status: 'cancelled' }).first()
  )
  if (!found) return
  await removeProject(organisationId, projectId, {
    actorKind: 'member',
    actor: by,
    dryRun: false,
  })
}
