import { withKept } from '#models/lists/choices'
import Membership, { type PersonName } from '#models/membership'
import { byName } from '#models/text/names'
import type Project from '#models/project'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Seen = Pick<Project, 'id' | 'visibility' | 'managerId' | 'sponsorId'>

/** Active members who may see a project, by name. */
export async function membersWhoSee(project: Seen): Promise<PersonName[]> {
  return byName(await read<PersonName>(Tenancy.current().trx, MEMBERS, valuesFor(project)))
}

/** Those of the ids that are active members and may see the project. */
export async function seeingAmong(project: Seen, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const { trx } = Tenancy.current()
  const values = [...valuesFor(project), ids]
  const rows = await read<PersonName>(trx, `${MEMBERS} and memberships.id = any(?)`, values)
  return new Set(rows.map(({ id }) => id))
}

/** The same as choices of a form; those in `kept` even if they can no longer see it. */
export async function peopleChoices(project: Seen, kept: (string | null | undefined)[]) {
  return withKept(await membersWhoSee(project), {
    kept,
    note: 'no longer in the project',
    namesOf: (ids) => Membership.names(ids),
  })
}

function valuesFor({ id, visibility, managerId, sponsorId }: Seen) {
  return [Tenancy.current().organisationId, visibility, managerId, sponsorId, id]
}

const MEMBERS = `select memberships.id, users.name
  from memberships join users on users.id = memberships.user_id
  where memberships.organisation_id = ? and memberships.status = 'active'
    and (memberships.role <> 'member' or ? = 'organisation'
      or memberships.id = ? or memberships.id = ?
      or exists (select from project_members
        where project_members.organisation_id = memberships.organisation_id
          and project_members.project_id = ? and project_members.membership_id = memberships.id))`
