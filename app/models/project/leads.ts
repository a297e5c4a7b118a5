import type Project from '#models/project'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Lead = { id: string; name: string; is_gone: boolean }

/** The names of a project's manager and sponsor, marked if they left: until someone else is named, they stay. */
export async function leadsOf({ managerId, sponsorId }: Project) {
  const { trx, organisationId } = Tenancy.current()
  const rows = await read<Lead>(
    trx,
    `select memberships.id, users.name, memberships.status <> 'active' as is_gone
       from memberships join users on users.id = memberships.user_id
      where memberships.organisation_id = ? and memberships.id = any(?)`,
    [organisationId, [managerId, sponsorId].filter(Boolean)]
  )
  const nameOf = (id: string | null) => {
    const lead = rows.find((row) => row.id === id)
    return lead ? `${lead.name}${lead.is_gone ? ' (no longer a member)' : ''}` : null
  }
  return { managerName: nameOf(managerId), sponsorName: nameOf(sponsorId) }
}
