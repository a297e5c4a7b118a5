import type { Viewer } from '#identity/viewer'
import { memberName } from '#models/membership/looked_up'
import { MAY_SEE_ITEM, MAY_SEE_PROJECT } from '#models/notification/visibility'
import { readBatch, readPage, type Cursor, type Position } from '#models/lists/keyset'
import { IS_NOT_OVER } from '#models/project/states'
import { visibleProjects } from '#models/project/visibility'
import type { EscalationLevel, RaidType } from '#models/raid/enumerations'
import type { EscalationFilters } from '#models/raid/escalation_filters'
import { IS_OPEN } from '#models/raid/transitions'
import { visibleItems } from '#models/raid/visibility'
import { cursorsOf, readSorted, seek, type SortKey } from '#models/lists/seek'
import { Conditions, type Condition } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type EscalationRow = {
  id: string
  project_id: string
  project_code: string
  project_name: string
  programme_code: string | null
  type: RaidType
  number: number
  title: string
  status: string
  due_on: string | null
  level: EscalationLevel
  /** Null for an entry that was imported at its level, without anything being asked. */
  escalation_id: string | null
  state: 'open' | 'accepted'
  reason: string | null
  ask: string | null
  answer: string | null
  asked_of_id: string | null
  asked_of_name: string | null
  raised_by_id: string | null
  raised_by_name: string | null
  raised_on: string | null
  total: number
  sort_value: string
}

const SORTS: Record<EscalationFilters['sort'], SortKey> = {
  since: [`coalesce(escalated.raised_on, raid_items.raised_on, '2000-01-01'::date)`, 'date'],
  due: [`coalesce(raid_items.due_on, 'infinity'::date)`, 'date', 'blanks_last'],
}

const TIE = { column: 'raid_items.id', type: 'uuid' } as const

/** One page of the entries above their projects that the viewer may see. */
export function listEscalations(viewer: Viewer, filters: EscalationFilters) {
  const decode = cursorsOf(SORTS[filters.sort], TIE)
  return readPage({ ...filters, decode }, (...part) => readRows(viewer, filters, ...part), cursorOf)
}

/** The next rows after a cursor, for exports that walk through the whole list. */
export function escalationBatch(
  viewer: Viewer,
  filters: EscalationFilters,
  after: Cursor | null,
  size: number
) {
  return readBatch(after, size, (...part) => readRows(viewer, filters, ...part), cursorOf)
}

/** How many entries above their projects wait for an answer, as far as the viewer may see them. */
export async function countOpen(viewer: Viewer): Promise<number> {
  const conditions = visible(viewer).add(`coalesce(escalated.state, 'open') = 'open'`)
  const [{ count }] = await read<{ count: number }>(
    Tenancy.current().trx,
    `select count(*)::integer as count ${FROM} where ${conditions.text}`,
    conditions.values
  )
  return count
}

function readRows(viewer: Viewer, filters: EscalationFilters, position: Position, limit: number) {
  const { sort, direction } = filters
  const key = SORTS[sort]
  return readSorted({ key, direction }, position, limit, (from, most, part) => {
    const conditions = narrowed(viewer, filters).meet(part)
    const order = seek(conditions, key, TIE, direction, from)
    return read<EscalationRow>(
      Tenancy.current().trx,
      `select ${COLUMNS}, count(*) over ()::integer as total, (${key[0]})::text as sort_value
         ${FROM} where ${conditions.text} order by ${order} limit ?`,
      [...conditions.values, most]
    )
  })
}

function narrowed(viewer: Viewer, filters: EscalationFilters) {
  const conditions = visible(viewer)
  if (filters.level) conditions.add('raid_items.escalation = ?', filters.level)
  if (filters.state) conditions.add(`coalesce(escalated.state, 'open') = ?`, filters.state)
  if (filters.type) conditions.add('raid_items.type = ?', filters.type)
  if (filters.programme) conditions.add('projects.programme_id = ?', filters.programme)
  if (filters.project) conditions.add('raid_items.project_id = ?', filters.project)
  return conditions.meet(filters.asked && askedOf(viewer))
}

/**
 * True of what waits for this viewer's answer: as the person named, or as someone responsible for the level, also in
 * place of one who is no longer a member, or from whom the entry is now kept.
 */
function askedOf(viewer: Viewer): Condition {
  const me = viewer.membershipId
  return [
    `coalesce(escalated.state, 'open') = 'open' and (escalated.asked_of_id = ?
      or (not ${IS_ASKED_OF_READER} and (?
        or (raid_items.escalation = 'programme' and programmes.manager_id = ?))))`,
    [me, viewer.can('raid.escalation.answer'), me],
  ]
}

const IS_ASKED_OF_READER = `exists (select from memberships
  where memberships.organisation_id = escalated.organisation_id
    and memberships.id = escalated.asked_of_id and memberships.status = 'active'
    and ${MAY_SEE_PROJECT} and ${MAY_SEE_ITEM})`

/** A settled entry, or one of a project that is over, asks nothing of anyone until it is reopened. */
function visible(viewer: Viewer) {
  return new Conditions()
    .add('raid_items.organisation_id = ?', Tenancy.current().organisationId)
    .add(`raid_items.escalation <> 'project'`)
    .add(IS_OPEN)
    .add(IS_NOT_OVER)
    .meet(visibleItems(viewer))
    .meet(visibleProjects(viewer))
}

const COLUMNS = `raid_items.id, raid_items.project_id, projects.code as project_code,
  projects.name as project_name, programmes.code as programme_code, raid_items.type,
  raid_items.number, raid_items.title, raid_items.status, raid_items.due_on,
  raid_items.escalation as level, escalated.id as escalation_id,
  coalesce(escalated.state, 'open') as state, escalated.reason, escalated.ask, escalated.answer,
  escalated.raised_on, escalated.asked_of_id, ${memberName('escalated', 'asked_of_id')} as asked_of_name,
  escalated.raised_by as raised_by_id, ${memberName('escalated', 'raised_by')} as raised_by_name`

const FROM = `from raid_items
  join projects on projects.organisation_id = raid_items.organisation_id
    and projects.id = raid_items.project_id
  left join programmes on programmes.organisation_id = projects.organisation_id
    and programmes.id = projects.programme_id
  left join raid_escalations escalated on escalated.organisation_id = raid_items.organisation_id
    and escalated.raid_item_id = raid_items.id and escalated.state in ('open', 'accepted')`

function cursorOf(row: EscalationRow): Cursor {
  return [row.sort_value, row.id]
}
