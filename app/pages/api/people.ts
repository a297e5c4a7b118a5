import { listMembers, readMemberFilters } from '#models/membership/list'
import { membershipStatuses } from '#models/membership'
import { restrictedMembers } from '#models/person_flag'
import type Project from '#models/project'
import { listProjectMembers } from '#models/project/member_list'
import { filtersOf, listAnswer } from '#pages/api/paging'
import * as a from '#pages/api/shape'
import { type Shape } from '#pages/api/shape'
import { organisationRoles, projectRoles } from '#policies/permissions'

type Query = Record<string, unknown>

/** A member in the API: the name and ids in records, and no address. */
export const memberShape: Shape = {
  ...a.id('id'),
  ...a.textOrNull('name'),
  ...a.oneOf('role', organisationRoles),
  ...a.oneOf('status', membershipStatuses),
}

/** A role that someone has in a project. */
export const projectMemberShape: Shape = {
  ...a.id('membership_id'),
  ...a.textOrNull('name'),
  ...a.oneOf('role', projectRoles),
}

/** One page of the organisation's members. */
export async function members(query: Query) {
  const page = await listMembers(readMemberFilters(filtersOf(query)))
  return listAnswer(() => memberShape, { ...page, rows: await withheld(page.rows, 'id') })
}

/** One page of the roles given in a project; its manager and sponsor are in the project itself. */
export async function projectMembers(project: Project, query: Query) {
  const { after = null } = filtersOf(query)
  const page = await listProjectMembers(project.id, { after: after as string | null, before: null })
  const rows = await withheld(page.rows, 'membership_id')
  return listAnswer(() => projectMemberShape, { ...page, rows })
}

/** Someone who restricted the use of their data is given by their id alone. */
async function withheld<Row extends { name: string }>(rows: Row[], id: keyof Row) {
  const restricted = await restrictedMembers()
  return rows.map((row) => (restricted.has(String(row[id])) ? { ...row, name: null } : row))
}
