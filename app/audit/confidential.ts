import { isId } from '#audit/references'
import type { EventRow } from '#audit/rows'
import type { TrailEvent } from '#audit/trail'
import type { Viewer } from '#identity/viewer'
import { visibleAmong } from '#models/project/visibility'
import type { RaidType } from '#models/raid/enumerations'
import { refOf } from '#models/raid/refs'
import { onlyVisible } from '#models/raid/visibility'
import { readBuilt, sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type ShownItem = {
  id: string
  type: RaidType
  number: number
  title: string
  projectId: string
  ref: string
}

/** The items that the viewer may see, as they are now, and those whose events must be hidden. */
export type ItemsInTrail = { shown: Map<string, ShownItem>; hidden: Set<string> }

/** The parts of an event that say which records it is about. */
type About = Pick<TrailEvent, 'entityType' | 'entityId' | 'target' | 'facts'>

/** The RAID items that an event is about: its own record, or what it points at. */
export function itemsOf(event: About): string[] {
  if (event.entityType === 'raid_item') return [event.entityId]
  return [event.target, event.facts.source].filter((id): id is string => typeof id === 'string')
}

/** Sorts the items of some events into shown and hidden. What cannot be placed is hidden. */
export function itemsInTrail(events: TrailEvent[], viewer: Viewer): Promise<ItemsInTrail> {
  return sorted(events.flatMap(itemsOf), viewer)
}

/** The RAID items among some records that the viewer may not see. */
export async function hiddenItems(ids: string[], viewer: Viewer): Promise<string[]> {
  const { hidden } = await sorted(ids, viewer)
  return [...hidden]
}

/** True when this viewer may know only that the event happened. */
export function isHidden(event: About, { hidden }: ItemsInTrail) {
  if (event.entityType === 'comment' && !event.target) return true
  return itemsOf(event).some((id) => hidden.has(id))
}

/** The ids of rows of the chain that this viewer must not see. */
export async function hiddenRows(rows: EventRow[], viewer: Viewer): Promise<Set<string>> {
  const events = rows.map(eventIn)
  const items = await sorted(events.flatMap(itemsOf), viewer)
  return new Set(events.filter((event) => isHidden(event, items)).map(({ id }) => id))
}

function eventIn({ id, entityType, entity, facts: text }: EventRow) {
  const facts: Record<string, unknown> = JSON.parse(text)
  const target = typeof facts.target === 'string' ? facts.target : null
  return { id, entityType, entityId: entity, target, facts }
}

async function sorted(candidates: string[], viewer: Viewer): Promise<ItemsInTrail> {
  const ids = [...new Set(candidates)].filter(isId)
  const shown = await visibleItems(ids, viewer)
  const missing = ids.filter((id) => !shown.has(id))
  return { shown, hidden: await hiddenAmong(missing, viewer) }
}

async function visibleItems(ids: string[], viewer: Viewer) {
  if (ids.length === 0) return new Map<string, ShownItem>()
  const { trx, organisationId } = Tenancy.current()
  const query = trx
    .from('raid_items')
    .join('projects', (on) =>
      on
        .on('projects.organisation_id', 'raid_items.organisation_id')
        .andOn('projects.id', 'raid_items.project_id')
    )
    .where('raid_items.organisation_id', organisationId)
    .whereRaw('raid_items.id = any(?)', [ids])
    .select('raid_items.id', 'raid_items.type', 'raid_items.number', 'raid_items.title')
    .select('raid_items.project_id as projectId', 'projects.code')
    .select('raid_items.counterpart_project_id as counterpartId')
  onlyVisible(query, viewer)
  const rows = await readBuilt<ShownItem & { code: string; counterpartId: string | null }>(
    trx,
    query
  )
  const isKnown = await knownProjects(rows, viewer)
  return new Map(rows.map((row) => [row.id, shownTo(row, isKnown)]))
}

/** A dependency in the log of a project the viewer does not know is seen from its other side. */
function shownTo(
  { counterpartId, code, ...row }: ShownItem & { code: string; counterpartId: string | null },
  isKnown: (id: string) => boolean
): ShownItem {
  if (!counterpartId || isKnown(row.projectId)) return { ...row, ref: refOf(code, row) }
  return { ...row, projectId: counterpartId, ref: refOf(null, row) }
}

async function knownProjects(
  rows: { projectId: string; counterpartId: string | null }[],
  viewer: Viewer
) {
  const ids = rows.filter(({ counterpartId }) => counterpartId).map(({ projectId }) => projectId)
  if (viewer.seesEveryProject || ids.length === 0) return () => true
  const known = await visibleAmong(ids, viewer)
  return (id: string) => known.has(id)
}

/**
 * An item that still exists is hidden for good reason. How confidential a deleted one was, only the trail still knows;
 * an erased answer counts as the strictest.
 */
async function hiddenAmong(ids: string[], viewer: Viewer): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const { trx, organisationId } = Tenancy.current()
  const rows = await sql<{ id: string; sensitivity: string }>(trx, SENSITIVITIES, [
    organisationId,
    ids,
    organisationId,
    ids,
  ])
  const lead = viewer.can('raid.read.leads')
  const strict = rows.filter(
    ({ sensitivity }) => sensitivity !== 'normal' && !(sensitivity === 'project_leads' && lead)
  )
  return new Set(strict.map(({ id }) => id))
}

const SENSITIVITIES = `
  select id, 'named_people' as sensitivity
  from raid_items where organisation_id = ? and id = any(?)
  union all
  select distinct events.entity_id, coalesce(side.sensitivity, 'named_people')
  from audit.events
  join audit.event_values kept
    on kept.organisation_id = events.organisation_id and kept.event_id = events.id
  cross join lateral (
    select kept.value::jsonb->>'before' as sensitivity
      where kept.value is null or jsonb_exists(kept.value::jsonb, 'before')
    union all
    select kept.value::jsonb->>'after' where jsonb_exists(kept.value::jsonb, 'after')
  ) side
  where events.organisation_id = ? and events.entity_type = 'raid_item'
    and events.entity_id = any(?) and kept.path = 'sensitivity'`
