import type { Viewer } from '#identity/viewer'
import { encodeCursor } from '#models/keyset'
import { membershipStatuses } from '#models/membership'
import { listMembers, readMemberFilters, type MemberFilters } from '#models/membership/list'
import { exportsOf } from '#pages/list_parts'
import { organisationRoles, projectRoles, type ProjectRole } from '#policies/permissions'
import { iso } from '#registries/formats'
import { NO_ADDRESS } from '#registries/terms'
import * as terms from '#registries/terms'

const SHOWN_PROJECTS = 3

/** Everything that the list of members shows. */
export async function memberListState(viewer: Viewer, query: Record<string, unknown>) {
  const filters = readMemberFilters(query)
  const page = await listMembers(filters)
  const link = (changes: Partial<MemberFilters>) =>
    membersUrl({ ...filters, after: null, before: null, ...changes })
  return {
    members: page.rows.map((row) => ({
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
    })),
    can: { manage: viewer.can('member.manage') },
    list: {
      filters,
      isFiltered: Boolean(filters.q || filters.role || filters.status),
      applied: [
        ...(filters.q ? [{ label: `Search: ${filters.q}`, href: link({ q: null }) }] : []),
        ...(filters.role
          ? [{ label: `Role: ${organisationRoles[filters.role]}`, href: link({ role: null }) }]
          : []),
        ...(filters.status
          ? [
              {
                label: `Status: ${membershipStatuses[filters.status]}`,
                href: link({ status: null }),
              },
            ]
          : []),
      ],
      exports: exportsOf('/members', link({}).slice('/members'.length)),
      summary: `${page.rows.length} shown`,
      previous: page.previous && link({ before: encodeCursor(page.previous) }),
      next: page.next && link({ after: encodeCursor(page.next) }),
    },
  }
}

function membersUrl(filters: MemberFilters) {
  const query = new URLSearchParams()
  for (const name of ['q', 'role', 'status', 'after', 'before'] as const) {
    if (filters[name]) query.set(name, filters[name])
  }
  return query.size > 0 ? `/members?${query}` : '/members'
}
