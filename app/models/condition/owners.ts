import type { PersonName } from '#models/membership'
import { byName } from '#models/text/names'
import type Project from '#models/project'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** Members who can own a condition of a project: those who work in it, and the PMO. */
export async function conditionOwners(project: Project): Promise<PersonName[]> {
  const { trx, organisationId } = Tenancy.current()
  const { managerId, sponsorId, id } = project
  return byName(await read<PersonName>(trx, OWNERS, [organisationId, managerId, sponsorId, id]))
}

const OWNERS = `
  select memberships.id, users.name
  from memberships join users on users.id = memberships.user_id
  where memberships.organisation_id = ? and memberships.status = 'active'
    and (memberships.role = 'pmo' or memberships.id = ? or memberships.id = ?
      or exists (select from project_members
        where project_members.organisation_id = memberships.organisation_id
          and project_members.project_id = ? and project_members.membership_id = memberships.id
          and project_members.role in ('gate_decider', 'team')))
  order by memberships.id`
