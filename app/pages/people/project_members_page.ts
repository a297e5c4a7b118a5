import type { Viewer } from '#identity/viewer'
import Membership from '#models/membership'
import type Project from '#models/project'
import { leadsOf } from '#models/project/leads'
import { visibilities } from '#models/project/visibility'
import { GRANTABLE } from '#models/project_member'
import { listProjectMembers } from '#models/project/member_list'
import { placeIn } from '#models/lists/query_string'
import { neighbours } from '#pages/list_parts'
import { projectRoles } from '#policies/permissions'
import { iso } from '#registries/formats'

/** Who has a role in a project, and what the viewer may change. */
export async function projectMembersState(
  project: Project,
  viewer: Viewer,
  query: Record<string, unknown>
) {
  const manage = viewer.can('project_member.manage', project)
  const position = placeIn(query)
  const page = await listProjectMembers(project.id, position)
  const { managerName, sponsorName } = await leadsOf(project)
  const base = `/projects/${project.id}/members`
  return {
    leads: [
      { label: projectRoles.manager, value: managerName },
      { label: projectRoles.sponsor, value: sponsorName },
      { label: 'Who can see the project', value: visibilities[project.visibility] },
    ],
    roles: page.rows.map((row) => ({
      id: row.id,
      name: row.name,
      role: projectRoles[row.role],
      givenAt: iso(row.created_at),
      isFormer: row.status !== 'active',
    })),
    people: manage ? options(await Membership.choices()) : [],
    roleOptions: GRANTABLE.map((value) => ({ value, label: projectRoles[value] })),
    can: { manage, edit: viewer.can('project.update', project) },
    list: {
      summary: `${page.rows.length} shown`,
      ...neighbours(page, (place) => `${base}?${new URLSearchParams(place)}`),
    },
  }
}

function options(people: { id: string; name: string }[]) {
  return people.map(({ id, name }) => ({ value: id, label: name }))
}
