import { byName, inDictionary } from '#models/text/names'
import type { NotificationKind } from '#models/notification/kinds'
import { MAY_SEE_ITEM, MAY_SEE_ONE_PROJECT, MAY_SEE_PROJECT } from '#models/notification/visibility'
import type { PersonName } from '#models/membership'
import type Project from '#models/project'
import type RaidItem from '#models/raid_item'
import { read } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/** Someone to be notified, as far as known before asking the database. */
export type Addressee = {
  /** Which of the notices it is. */
  notice: number
  kind: NotificationKind
  key: string
  membershipId: string
  projectId: string | null
  raidItemId: string | null
  isOwnDoing: boolean
}

/** Someone who may be notified, and how they chose to be; null when they made no choice. */
export type Reader = {
  notice: number
  membershipId: string
  name: string
  email: string
  /** The name of the organisation that notifies them; they may belong to others. */
  organisation: string
  inApp: boolean | null
  mail: boolean | null
}

/**
 * True of the memberships that were not notified of the occasion in any way. Two simultaneous transactions may both
 * find it true: then the unique keys of inbox and outbox decide.
 */
export function notToldBefore(key: string) {
  return `not exists (select from notifications
      where notifications.organisation_id = memberships.organisation_id
        and notifications.membership_id = memberships.id and notifications.key = ${key})
    and not exists (select from email_outbox
      where email_outbox.organisation_id = memberships.organisation_id
        and email_outbox.idempotency_key = 'notice:' || memberships.id || ':' || ${key})`
}

/**
 * The addressees who are notified: without the actor, former members, those already notified, and those who may not
 * read it.
 */
export async function readersAmong(addressees: Addressee[]): Promise<Reader[]> {
  if (addressees.length === 0) return []
  const { trx, organisationId, membershipId: actor } = Tenancy.current()
  return read<Reader>(
    trx,
    `select asked.notice, memberships.id as "membershipId", users.name, users.email,
            organisations.name as organisation, preferences.in_app as "inApp", preferences.mail
       from unnest(?::integer[], ?::text[], ?::text[], ?::uuid[], ?::uuid[], ?::uuid[], ?::boolean[])
              as asked (notice, kind, key, membership_id, project_id, raid_item_id, is_own_doing)
       join memberships on memberships.organisation_id = ? and memberships.id = asked.membership_id
        and memberships.status = 'active'
        and (asked.is_own_doing or memberships.id is distinct from ?)
       join users on users.id = memberships.user_id
       join organisations on organisations.id = memberships.organisation_id
       left join notification_preferences preferences
         on preferences.organisation_id = memberships.organisation_id
        and preferences.membership_id = memberships.id and preferences.kind = asked.kind
      where (asked.project_id is null or exists (select from projects
              where projects.organisation_id = memberships.organisation_id
                and projects.id = asked.project_id and ${MAY_SEE_PROJECT}))
        and (asked.raid_item_id is null or exists (select from raid_items
              where raid_items.organisation_id = memberships.organisation_id
                and raid_items.id = asked.raid_item_id and ${MAY_SEE_ITEM}))
        and ${notToldBefore('asked.key')}
      order by asked.notice, memberships.id`,
    [
      addressees.map(({ notice }) => notice),
      addressees.map(({ kind }) => kind),
      addressees.map(({ key }) => key),
      addressees.map(({ membershipId }) => membershipId),
      addressees.map(({ projectId }) => projectId),
      addressees.map(({ raidItemId }) => raidItemId),
      addressees.map(({ isOwnDoing }) => isOwnDoing),
      organisationId,
      actor,
    ]
  )
}

/** The active members who may see the project and whose name, address or id the text holds after an @. */
export function peopleWhoSee(project: Project, text: string) {
  const { trx, organisationId } = Tenancy.current()
  return read<{ id: string; name: string; email: string }>(
    trx,
    `select memberships.id, users.name, users.email
       from memberships
       join users on users.id = memberships.user_id
       join projects on projects.organisation_id = memberships.organisation_id and projects.id = ?
      where memberships.organisation_id = ? and memberships.status = 'active' and ${MAY_SEE_ONE_PROJECT}
        and (strpos(lower(?), '@' || lower(users.name)) > 0
          or strpos(lower(?), '@' || lower(users.email)) > 0
          or strpos(lower(?), '@{member:' || memberships.id) > 0)`,
    [project.id, organisationId, project.id, ...spacedOnce(text)]
  )
}

/** The active members who may see an entry, by name: those who can be asked about it. */
export async function peopleWhoSeeItem(
  item: Pick<RaidItem, 'id' | 'projectId'>
): Promise<PersonName[]> {
  const { trx, organisationId } = Tenancy.current()
  const rows = await read<PersonName>(
    trx,
    `select memberships.id, users.name
       from memberships
       join users on users.id = memberships.user_id
       join raid_items on raid_items.organisation_id = memberships.organisation_id
        and raid_items.id = ?
       join projects on projects.organisation_id = raid_items.organisation_id
        and projects.id = raid_items.project_id
      where memberships.organisation_id = ? and memberships.status = 'active'
        and ${MAY_SEE_ONE_PROJECT} and ${MAY_SEE_ITEM}
      order by memberships.id`,
    [item.id, organisationId, item.projectId]
  )
  return byName(rows)
}

/** How many names are offered at once: no one would read more. */
const OFFERED = 8

/**
 * The first names of members who may see the project containing a word that begins as typed. Leaves out the person
 * asking, names that two people share, since they would reach neither, and people whose data is restricted.
 */
export async function namesToMention(project: Project, typed: string): Promise<string[]> {
  const { trx, organisationId, membershipId } = Tenancy.current()
  const [words] = spacedOnce(typed)
  const rows = await read<{ name: string }>(
    trx,
    `select min(users.name) as name
       from memberships
       join users on users.id = memberships.user_id
       join projects on projects.organisation_id = memberships.organisation_id and projects.id = ?
      where memberships.organisation_id = ? and memberships.status = 'active'
        and strpos(' ' || folded(users.name), ' ' || folded(?)) > 0 and ${MAY_SEE_ONE_PROJECT}
      group by lower(users.name)
     having count(*) = 1 and not bool_or(memberships.id is not distinct from ?::uuid
        or memberships.id in (select directory.restricted_members(?)))
      order by ${inDictionary('lower(users.name)')} limit ?`,
    [project.id, organisationId, words.trimStart(), project.id, membershipId, PLATFORM, OFFERED]
  )
  return rows.map(({ name }) => name)
}

/** Three times, once for each way to name someone: words separated by one space, as names are stored. */
function spacedOnce(text: string) {
  // The database lowercases both: its lower case of İ differs from JavaScript's.
  const written = text.replaceAll(/\s+/g, ' ')
  return [written, written, written]
}
