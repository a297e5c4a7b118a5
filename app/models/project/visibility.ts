import type { Viewer } from '#identity/viewer'
import type { Ability, ProjectRole } from '#policies/permissions'
import type { Condition } from '#tenancy/conditions'
import { ENTERED_MEMBER } from '#tenancy/entry'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export const visibilities = {
  members: 'Only people with a role in it',
  organisation: 'Everyone in the organisation',
} as const

/** True of the rows of `projects` that the viewer may see; null when that is every project. */
export function visibleProjects(viewer: Viewer): Condition | null {
  if (viewer.seesEveryProject) return null
  const me = viewer.membershipId
  return [VISIBLE, [me, me, me]]
}

const VISIBLE = `(projects.visibility = 'organisation' or projects.manager_id = ?
  or projects.sponsor_id = ?
  or exists (select from project_members
    where project_members.organisation_id = projects.organisation_id
      and project_members.project_id = projects.id and project_members.membership_id = ?))`

/** SQL for the ids of the projects that the viewer may see; null when that is every project. */
export function visibleProjectIds(viewer: Viewer): Condition | null {
  const visible = visibleProjects(viewer)
  return (
    visible && [
      `select projects.id from projects
        where projects.organisation_id = (select app_organisation()) and ${visible[0]}`,
      visible[1],
    ]
  )
}

/**
 * True of the rows of `table` in projects that the viewer may see; null when that is every project. A statement that
 * joins `projects` uses `visibleProjects` instead, so that it reads them once.
 */
export function inVisibleProjects(viewer: Viewer, table: string): Condition | null {
  const ids = visibleProjectIds(viewer)
  return ids && [`${table}.project_id in (${ids[0]})`, ids[1]]
}

/** Those of some projects that the viewer may see, in one query. */
export async function visibleAmong(ids: string[], viewer: Viewer): Promise<Set<string>> {
  const visible = visibleProjectIds(viewer)
  if (!visible || ids.length === 0) return new Set(ids)
  const { trx } = Tenancy.current()
  const rows = await read<{ id: string }>(
    trx,
    `select id from (${visible[0]}) visible where id = any(?)`,
    [...visible[1], ids]
  )
  return new Set(rows.map(({ id }) => id))
}

/** SQL for a viewer's roles in a row of `projects`. Without a role there, the viewer does not see the project. */
export function rolesOf({ membershipId: me }: Pick<Viewer, 'membershipId'>): Condition {
  return [rolesWith('?'), [me, me, me]]
}

/** The same for the person entering the organisation, queried in the same batch as the entry. */
export function rolesOfEntered(): Condition {
  return [rolesWith(ENTERED_MEMBER), []]
}

const PROJECT_ROLES: ProjectRole[] = ['manager', 'sponsor', 'gate_decider', 'team', 'viewer']

/** True of the rows of `projects` in which the viewer has the ability; null when that is every project. */
export function projectsAllowing(viewer: Viewer, ability: Ability): Condition | null {
  if (viewer.can(ability)) return null
  const roles = PROJECT_ROLES.filter((role) => viewer.can(ability, { viewerRoles: [role] }))
  const [text, values] = rolesOf(viewer)
  return [`(${text}) && ?::text[]`, [...values, roles]]
}

function rolesWith(member: string) {
  return `array_remove(array[case when projects.manager_id = ${member} then 'manager' end,
    case when projects.sponsor_id = ${member} then 'sponsor' end,
    case when projects.visibility = 'organisation' then 'viewer' end], null)
  || array(select role from project_members
    where project_members.organisation_id = projects.organisation_id
      and project_members.project_id = projects.id and project_members.membership_id = ${member})`
}
