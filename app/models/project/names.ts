import type { Viewer } from '#identity/viewer'
import { visibleProjects } from '#models/project/visibility'
import { Conditions } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type ProjectName = { id: string; code: string; name: string }

/** What the projects that the viewer may see are called, by code; of some ids only those. */
export function projectNames(viewer: Viewer, ids?: string[]): Promise<ProjectName[]> {
  const { trx, organisationId } = Tenancy.current()
  const conditions = new Conditions()
    .add('projects.organisation_id = ?', organisationId)
    .meet(visibleProjects(viewer))
    .meet(ids ? ['projects.id = any(?)', [ids]] : null)
  return read<ProjectName>(
    trx,
    `select id, code, name from projects where ${conditions.text} order by code`,
    conditions.values
  )
}
