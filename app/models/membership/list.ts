import { queryByIds } from '#models/lists/id_pages'
import type { Page } from '#models/lists/keyset'
import { membershipStatuses, type MembershipStatus } from '#models/membership'
import { restrictedMembers } from '#models/person_flag'
import { QueryString } from '#models/lists/query_string'
import { holdingPart } from '#models/lists/text_search'
import type { OrganisationRole } from '#tenancy/entry'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type MemberFilters = {
  q: string | null
  role: OrganisationRole | null
  status: MembershipStatus | null
  after: string | null
  before: string | null
}

export type MemberRow = {
  id: string
  name: string
  email: string | null
  role: OrganisationRole
  status: MembershipStatus
  created_at: Date
  projects: { id: string; code: string; role: string }[]
}

const PER_PAGE = 50
const ROLES: OrganisationRole[] = ['owner', 'admin', 'pmo', 'auditor', 'member']

/** Reads the filters of a query string, ignoring unknown ones. */
export function readMemberFilters(query: Record<string, unknown>): MemberFilters {
  const given = new QueryString(query)
  return {
    q: given.search,
    role: given.oneOf('role', ROLES),
    status: given.keyOf('status', membershipStatuses),
    ...given.place,
  }
}

/** One page of members, most recently joined first: ids begin with the time of their creation. */
export async function listMembers(filters: MemberFilters): Promise<Page<MemberRow>> {
  const { trx, organisationId } = Tenancy.current()
  const query = trx
    .from('memberships')
    .join('users', 'users.id', 'memberships.user_id')
    .where('memberships.organisation_id', organisationId)
    .select('memberships.id', 'memberships.role', 'memberships.status', 'memberships.created_at')
    .select('users.name', 'users.email')
  if (filters.role) query.where('memberships.role', filters.role)
  if (filters.status) query.where('memberships.status', filters.status)
  if (filters.q) {
    query.whereRaw(...holdingPart(filters.q, 'users.name', 'users.email'))
    query.whereNotIn('memberships.id', [...(await restrictedMembers())])
  }
  const list = { place: filters, ids: 'memberships.id', perPage: PER_PAGE }
  const page = await queryByIds<MemberRow>(list, query)
  const roles = await projectRolesOf(page.rows.map(({ id }) => id))
  for (const row of page.rows) row.projects = roles.get(row.id) ?? []
  return page
}

/** The roles in projects of these members, by membership. */
export async function projectRolesOf(ids: string[]) {
  const found = new Map<string, MemberRow['projects']>()
  if (ids.length === 0) return found
  const { trx, organisationId } = Tenancy.current()
  const rows = await sql(
    trx,
    `select roles.member, roles.role, projects.id, projects.code
       from (
         select organisation_id, manager_id as member, id as project, 'manager' as role
           from projects where organisation_id = :organisation and manager_id = any(:ids)
         union all
         select organisation_id, sponsor_id, id, 'sponsor'
           from projects where organisation_id = :organisation and sponsor_id = any(:ids)
         union all
         select organisation_id, membership_id, project_id, role
           from project_members where organisation_id = :organisation and membership_id = any(:ids)
       ) roles
       join projects on projects.organisation_id = roles.organisation_id
        and projects.id = roles.project
      order by projects.code, roles.role`,
    { organisation: organisationId, ids } as any
  )
  for (const { member, id, code, role } of rows) {
    found.set(member, [...(found.get(member) ?? []), { id, code, role }])
  }
  return found
}
