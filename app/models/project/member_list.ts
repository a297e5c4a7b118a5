import { queryByIds } from '#models/lists/id_pages'
import type { Page, Place } from '#models/lists/keyset'
import type { MembershipStatus } from '#models/membership'
import type { GrantableRole } from '#models/project_member'
import Tenancy from '#tenancy/tenancy'

type ProjectMemberRow = {
  id: string
  membership_id: string
  name: string
  role: GrantableRole
  status: MembershipStatus
  created_at: Date
}

const PER_PAGE = 50

/** One page of the roles given in a project, the oldest first. */
export function listProjectMembers(
  projectId: string,
  place: Place
): Promise<Page<ProjectMemberRow>> {
  const { trx, organisationId } = Tenancy.current()
  const query = trx
    .from('project_members')
    .joinRaw(
      `join memberships on memberships.organisation_id = project_members.organisation_id
        and memberships.id = project_members.membership_id`
    )
    .join('users', 'users.id', 'memberships.user_id')
    .where('project_members.organisation_id', organisationId)
    .where('project_members.project_id', projectId)
    .select('project_members.id', 'project_members.membership_id', 'project_members.role')
    .select('project_members.created_at', 'memberships.status', 'users.name')
  const list = { place, ids: 'project_members.id', perPage: PER_PAGE, direction: 'asc' } as const
  return queryByIds(list, query)
}
