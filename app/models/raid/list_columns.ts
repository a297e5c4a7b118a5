import { externalName, memberName } from '#models/membership/looked_up'
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

const outside = (person: string) =>
  `${externalName('raid_items', `${person}_external_id`)} || ' (external)'`

export const COUNTERPART = `coalesce(${memberName('raid_items', 'counterpart_member_id')},
  ${outside('counterpart')}) as counterpart_person_name`

/** The people of an entry by name, members and others. */
export const PEOPLE = [
  `${memberName('raid_items', 'owner_id')} as owner_name`,
  `${memberName('raid_items', 'decider_id')} as decider_name`,
  `coalesce(${memberName('raid_items', 'actionee_id')}, ${outside('actionee')}) as actionee_name`,
  COUNTERPART,
]
