import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import { DateTime } from 'luxon'
import type { ActorKind } from '#tenancy/entry'
import Tenancy from '#tenancy/tenancy'

/** Filters for reading the trail. Dates are whole days in the reader's time zone, both inclusive. */
export type TrailFilter = {
  projectId?: string
  /** A RAID item: its own events and those of its comments. */
  itemId?: string
  /** One record and whatever points at it. */
  about?: string
  /** A part of a record: its own events, and those about that record which name it as their source. */
  part?: { id: string; of: string }
  /** One record of the type in `type`. */
  entityId?: string
  actorKind?: ActorKind
  who?: string
  actions?: string[]
  type?: string
  ref?: string
  from?: string
  to?: string
  /** Actions to leave out. */
  without?: string[]
  /** Records to leave out, and what points at them. */
  withoutItems?: string[]
}

/** The value that means the software itself, not a member. */
export const SYSTEM = 'system'

/** The events that the filter lets through. Wrapped, because awaiting a query builder itself would run it. */
export async function narrowed(filter: TrailFilter) {
  const query = ofOrganisation().select(COLUMNS)
  if (filter.projectId) query.where('project_id', filter.projectId)
  if (filter.itemId) query.where((either) => aboutItem(either, filter.itemId!))
  if (filter.about) query.where((either) => pointingAt(either, filter.about!))
  if (filter.part) query.where((either) => aboutPart(either, filter.part!))
  if (filter.entityId) query.where('entity_id', filter.entityId)
  if (filter.actorKind) query.where('actor_kind', filter.actorKind)
  if (filter.who === SYSTEM) query.whereNull('actor_ref')
  else if (filter.who) query.where('actor_ref', filter.who)
  if (filter.actions) query.whereIn('action', filter.actions)
  if (filter.type) query.where('entity_type', filter.type)
  if (filter.ref) query.where('ref', filter.ref)
  if (filter.without?.length) query.whereNotIn('action', filter.without)
  if (filter.withoutItems?.length) leaveOut(query, filter.withoutItems)
  await within(query, startOf(filter.from), endOf(filter.to))
  return { query }
}

const COLUMNS = {
  id: 'id',
  seq: 'seq',
  at: 'occurred_at',
  projectId: 'project_id',
  actorKind: 'actor_kind',
  actor: 'actor_ref',
  action: 'action',
  entityType: 'entity_type',
  entityId: 'entity_id',
  ref: 'ref',
  target: 'target',
  facts: 'facts',
}

/** The events of the organisation at work. */
export function ofOrganisation(): DatabaseQueryBuilderContract<any> {
  const { trx, organisationId } = Tenancy.current()
  return trx.from('audit.events').where('organisation_id', organisationId)
}

function pointingAt(either: DatabaseQueryBuilderContract<any>, id: string) {
  either.where('entity_id', id).orWhere('target', id)
}

function aboutPart(
  either: DatabaseQueryBuilderContract<any>,
  { id, of }: NonNullable<TrailFilter['part']>
) {
  either
    .where('entity_id', id)
    .orWhere((other) => other.where('target', of).whereRaw(`facts->>'source' = ?`, [id]))
}

function aboutItem(either: DatabaseQueryBuilderContract<any>, id: string) {
  either
    .where({ entity_type: 'raid_item', entity_id: id })
    .orWhere({ entity_type: 'comment', target: id })
}

function leaveOut(query: DatabaseQueryBuilderContract<any>, items: string[]) {
  query
    .whereNotIn('entity_id', items)
    .where((other) => other.whereNull('target').orWhereNotIn('target', items))
}

const MINUTE = 60_000

/**
 * Events are found by number, not time: the event next to a moment is one step in the index of ids, which begin with
 * the time. Two simultaneous events may be numbered moments out of step, hence the minute.
 */
export async function within(
  query: DatabaseQueryBuilderContract<any>,
  from: Date | null,
  to: Date | null
) {
  if (from) {
    const edge = await edgeEvent('<', new Date(from.getTime() - MINUTE), 'desc')
    if (edge) query.where('seq', '>', edge.seq)
    query.where('occurred_at', '>=', from)
  }
  if (to) {
    const edge = await edgeEvent('>=', new Date(to.getTime() + MINUTE), 'asc')
    if (edge) query.where('seq', '<', edge.seq)
    query.where('occurred_at', '<', to)
  }
}

async function edgeEvent(side: '<' | '>=', moment: Date, order: 'asc' | 'desc') {
  const [event] = await ofOrganisation()
    .where('id', side, firstIdAt(moment))
    .orderBy('id', order)
    .select('seq')
    .limit(1)
  return event as { seq: string } | undefined
}

/** The smallest UUIDv7 of that millisecond. */
function firstIdAt(moment: Date) {
  const hex = Math.max(0, moment.getTime()).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}

function startOf(day?: string) {
  return day ? beginning(day).toJSDate() : null
}

/** Days are not all of 24 hours. */
function endOf(day?: string) {
  return day ? beginning(day).plus({ days: 1 }).toJSDate() : null
}

function beginning(day: string) {
  return DateTime.fromISO(day, { zone: Tenancy.timeZone })
}
