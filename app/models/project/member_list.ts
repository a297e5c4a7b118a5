import { cutPage, decodeIdCursor, readPosition, type Page, type Place } from '#models/keyset'
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
export async function listProjectMembers(
  projectId: string,
  place: Place
): Promise<Page<ProjectMemberRow>> {
  const { trx, organisationId } = Tenancy.current()
  const position = readPosition(place, decodeIdCursor)
  const { after, before } = position
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
    .orderBy('project_members.id', before ? 'desc' : 'asc')
    .limit(PER_PAGE + 1)
  if (after) query.where('project_members.id', '>', after[1])
  if (before) query.where('project_members.id', '<', before[1])
  const rows: ProjectMemberRow[] = await query
  return cutPage(rows, PER_PAGE, position, ({ id }) => [id, id])
}
