import type { Viewer } from '#identity/viewer'
import { membershipStatuses } from '#models/membership'
import {
  listMembers,
  readMemberFilters,
  type MemberFilters,
  type MemberRow,
} from '#models/membership/list'
import { chips, exportsOf, neighbours, summaryOf } from '#pages/list_parts'
import { organisationRoles, projectRoles, type ProjectRole } from '#policies/permissions'
import { iso } from '#registries/formats'
import { NO_ADDRESS } from '#registries/terms'
import * as terms from '#registries/terms'

const PATH = '/members'
const SHOWN_PROJECTS = 3

/** Everything that the list of members shows. */
export async function memberListState(viewer: Viewer, query: Record<string, unknown>) {
  const filters = readMemberFilters(query)
  const page = await listMembers(filters)
  const link = (changes: Partial<MemberFilters>) =>
    membersUrl({ ...filters, after: null, before: null, ...changes })
  return {
    members: page.rows.map((row) => rowState(row, viewer)),
    can: { manage: viewer.can('member.manage') },
    list: {
      filters,
      isFiltered: Boolean(filters.q || filters.role || filters.status),
      applied: chips(narrowings(filters), link),
      exports: exportsOf(PATH, link({}).slice(PATH.length)),
      summary: summaryOf(page.rows.length, null, false),
      ...neighbours(page, link),
    },
  }
}

function narrowings({
  q,
  role,
  status,
}: MemberFilters): [unknown, string, Partial<MemberFilters>][] {
  return [
    [q, `Search: ${q}`, { q: null }],
    [role, `Role: ${role && organisationRoles[role]}`, { role: null }],
    [status, `Status: ${status && membershipStatuses[status]}`, { status: null }],
  ]
}

function rowState(row: MemberRow, viewer: Viewer) {
  return {
    id: row.id,
    name: row.name,
    email: row.email ?? NO_ADDRESS,
    role: organisationRoles[row.role],
    status: terms.membershipStatuses[row.status],
    joinedAt: iso(row.created_at),
    isSelf: row.id === viewer.membershipId,
    projects: row.projects.slice(0, SHOWN_PROJECTS).map(({ id, code, role }) => ({
      id,
      code,
      role: projectRoles[role as ProjectRole],
    })),
    moreProjects: Math.max(0, row.projects.length - SHOWN_PROJECTS),
  }
}

function membersUrl(filters: MemberFilters) {
  const query = new URLSearchParams()
  for (const name of ['q', 'role', 'status', 'after', 'before'] as const) {
    if (filters[name]) query.set(name, filters[name])
  }
  return query.size > 0 ? `${PATH}?${query}` : PATH
}
