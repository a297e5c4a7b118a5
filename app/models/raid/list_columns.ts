import type { RaidType } from '#models/raid/enumerations'

/** What a page shows for every type. */
export const COLUMNS = [
  'id',
  'project_id',
  'type',
  'number',
  'title',
  'status',
  'owner_id',
  'owner_label',
  'due_on',
  'lock_version',
  'created_by',
]

/** What a page also shows for each type. Columns of other types are empty, and reading them costs time for each row. */
export const OF_TYPE: Record<RaidType, string[]> = {
  risk: ['nature', 'category', 'current_likelihood', 'current_impact', 'response'],
  assumption: ['impact_if_false', 'confidence'],
  issue: ['issue_kind', 'severity', 'urgency', 'priority_override'],
  dependency: [
    'direction',
    'counterpart_name',
    'counterpart_project_id',
    'promised_on',
    'home_answer',
    'counterpart_answer',
    'awaited_side',
  ],
  decision: ['decider_id', 'decider_label', 'decided_on'],
}

/** Names are looked up by sub-query, which PostgreSQL evaluates only for the rows of the page, and in their order. */
export function memberName(person: string) {
  return `(select users.name from memberships join users on users.id = memberships.user_id
    where memberships.organisation_id = raid_items.organisation_id
      and memberships.id = raid_items.${person}_id)`
}

function externalName(person: string) {
  return `(select external_resources.name || ' (external)' from external_resources
    where external_resources.organisation_id = raid_items.organisation_id
      and external_resources.id = raid_items.${person}_external_id)`
}

export const COUNTERPART = `coalesce(${memberName('counterpart_member')}, ${externalName('counterpart')})
  as counterpart_person_name`

/** Those who may be members or outside. */
export const PEOPLE = [
  `coalesce(${memberName('actionee')}, ${externalName('actionee')}) as actionee_name`,
  COUNTERPART,
]

/** For summing up by programme in a spreadsheet. */
export const PROGRAMME = `(select programmes.code from projects
    join programmes on programmes.organisation_id = projects.organisation_id
      and programmes.id = projects.programme_id
    where projects.organisation_id = raid_items.organisation_id
      and projects.id = raid_items.project_id) as programme_code`

export const PROJECT = ['code', 'name'].map(
  (column) => `(select projects.${column} from projects
    where projects.organisation_id = raid_items.organisation_id
      and projects.id = raid_items.project_id) as project_${column}`
)
