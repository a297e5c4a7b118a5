import type { Viewer } from '#identity/viewer'
import { IS_OVER } from '#models/project/states'
import { rolesOf, visibleProjects } from '#models/project/visibility'
import type { ProjectRole } from '#policies/permissions'
import { Conditions, type Condition } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type ProjectName = { id: string; code: string; name: string }
type StandingName = ProjectName & { isOver: boolean }
export type RoledName = ProjectName & { viewerRoles: ProjectRole[] }

/** The names of the projects that the viewer may see, by code; limited to some ids if given. */
export function projectNames(viewer: Viewer, ids?: string[]): Promise<ProjectName[]> {
  return readNames<ProjectName>(viewer, ids ?? null, ['', []])
}

/** The same with whether each is over. */
export function standingNames(viewer: Viewer): Promise<StandingName[]> {
  return readNames<StandingName>(viewer, null, [`, ${IS_OVER} as "isOver"`, []])
}

/** The names of some projects that the viewer may see, with the viewer's roles in each. */
export function roledNames(viewer: Viewer, ids: string[]): Promise<RoledName[]> {
  const [roles, values] = rolesOf(viewer)
  return readNames<RoledName>(viewer, ids, [`, ${roles} as "viewerRoles"`, values])
}

function readNames<Row>(viewer: Viewer, ids: string[] | null, [more, values]: Condition) {
  const { trx, organisationId } = Tenancy.current()
  const conditions = new Conditions()
    .add('projects.organisation_id = ?', organisationId)
    .meet(visibleProjects(viewer))
    .meet(ids ? ['projects.id = any(?)', [ids]] : null)
  return read<Row>(
    trx,
    `select id, code, name${more} from projects where ${conditions.text} order by code`,
    [...values, ...conditions.values]
  )
}
