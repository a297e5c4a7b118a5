import { inBatches, startingAfter } from '#exports/batches'
import type { Column, ExportedList } from '#exports/list'
import { NoLongerAllowed } from '#exports/no_longer_allowed'
import { listMembers, type MemberFilters, type MemberRow } from '#models/membership/list'
import { membershipStatuses } from '#models/membership'
import { restrictedFor, WITHHELD } from '#models/person_flag'
import { organisationRoles, projectRoles, type ProjectRole } from '#policies/permissions'
import { iso } from '#registries/formats'
import type { Tenant } from '#tenancy/entry'

export const memberColumns: Column<MemberRow>[] = [
  { key: 'name', header: 'Name', value: ({ name }) => name },
  { key: 'email', header: 'Email', value: ({ email }) => email },
  {
    key: 'role',
    header: 'Role',
    value: ({ role }) => organisationRoles[role],
    code: ({ role }) => role,
  },
  {
    key: 'status',
    header: 'Status',
    value: ({ status }) => membershipStatuses[status],
    code: ({ status }) => status,
  },
  {
    key: 'joined_at',
    header: 'Joined (UTC)',
    kind: 'instant',
    value: (row) => iso(row.created_at),
  },
  { key: 'projects', header: 'Roles in projects', kind: 'text', value: rolesOf },
]

/** The members of the organisation, as the list is filtered. */
export function memberList(tenant: Tenant, filters: MemberFilters): ExportedList<MemberRow> {
  const batches = inBatches<MemberRow>(tenant, null, async (viewer, _, after) => {
    if (!viewer.can('member.read')) throw new NoLongerAllowed()
    const page = await listMembers({ ...filters, ...startingAfter(after) })
    const restricted = await restrictedFor(viewer)
    for (const row of page.rows) {
      if (restricted.has(row.id)) Object.assign(row, { name: WITHHELD, email: null })
    }
    return page
  })
  return { kind: 'membership', name: 'members', columns: memberColumns, batches }
}

function rolesOf({ projects }: MemberRow) {
  return projects
    .map(({ code, role }) => `${code}: ${projectRoles[role as ProjectRole]}`)
    .join('\n')
}
