import type { Cast, Somebody } from '#assistant/pseudonyms'
import { restrictedMembers } from '#models/person_flag'
import type Project from '#models/project'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/**
 * Everyone whom a text of the project may name: present and former members of the organisation, people outside, and
 * people whom its records name without knowing them.
 */
export async function castOf(project: Project): Promise<Cast> {
  const { trx, organisationId } = Tenancy.current()
  const people = await read<Somebody>(trx, PEOPLE, [organisationId, organisationId])
  const labels = await read<{ name: string }>(trx, LABELS, [
    organisationId,
    project.id,
    organisationId,
    project.id,
  ])
  return {
    people,
    restricted: await restrictedMembers(),
    labels: labels.map(({ name }) => name),
  }
}

const PEOPLE = `
  select memberships.id, 'member' as kind, users.name, users.email
    from memberships join users on users.id = memberships.user_id
   where memberships.organisation_id = ?
  union all
  select id, 'external', name, email from external_resources where organisation_id = ?`

const LABELS = `
  select distinct label as name from raid_items,
    unnest(array[owner_label, actionee_label, decider_label]) as label
   where organisation_id = ? and project_id = ? and label is not null
  union
  select assignee_label from tasks
   where organisation_id = ? and project_id = ? and assignee_label is not null`
