import { narrowed, ofOrganisation, within, type TrailFilter } from '#audit/trail_query'
import type { ActorKind } from '#tenancy/entry'
import Tenancy from '#tenancy/tenancy'

export type Cursor = { before?: string; after?: string }

export type TrailEvent = {
  id: string
  seq: string
  at: Date
  projectId: string | null
  actorKind: ActorKind
  actor: string | null
  action: string
  entityType: string
  entityId: string
  ref: string | null
  target: string | null
  facts: Record<string, unknown>
}

type TrailPage = { events: TrailEvent[]; newer: boolean; older: boolean }

/** One page of the organisation's trail, newest first, before or after a sequence number. */
export async function readTrail(
  filter: TrailFilter,
  limit: number,
  { before, after }: Cursor = {}
): Promise<TrailPage> {
  const { query } = await narrowed(filter)
  query.limit(limit + 1)
  if (after) query.where('seq', '>', after).orderBy('seq', 'asc')
  else query.orderBy('seq', 'desc')
  if (before && !after) query.where('seq', '<', before)

  const rows: TrailEvent[] = await query
  const more = rows.length > limit
  const events = rows.slice(0, limit)
  if (after) return { events: events.reverse(), newer: more, older: true }
  return { events, newer: Boolean(before), older: more }
}

/** The number of the newest event, so that a long read can end where it began. */
export async function newestNumber(): Promise<string> {
  const [row] = await ofOrganisation().select('seq').orderBy('seq', 'desc').limit(1)
  return row?.seq ?? '0'
}

/** The RAID items that events under this ref are about; a reused code may mean several. */
export async function itemsBehind(ref: string): Promise<string[]> {
  const { trx } = Tenancy.current()
  const rows = await ofOrganisation()
    .where('ref', ref)
    .select(trx.raw(`distinct coalesce(target, entity_id::text) as item`))
  return rows.map(({ item }) => item)
}

/** True when this member already did this to this record within the last hour. */
export async function didLately(action: string, actor: string, entityId: string) {
  const query = ofOrganisation()
  await within(query, new Date(Date.now() - HOUR), null)
  const [row] = await query
    .where({ action, actor_ref: actor, entity_id: entityId })
    .select('id')
    .limit(1)
  return row !== undefined
}

const HOUR = 3_600_000
