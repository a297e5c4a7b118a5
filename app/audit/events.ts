import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { checkedFacts, type Facts } from '#audit/facts'
import type { ActorKind } from '#tenancy/entry'
import { sql, write } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/**
 * One kept value. `subject` is whose personal data it is, for erasure: the id of a membership or of a person
 * outside; on the platform, of an account.
 */
export type AuditValue = { before?: unknown; after?: unknown; subject?: string | null }

/** What happened to one record. */
export type Happening = {
  action: string
  entityType: string
  entityId: string
  projectId?: string | null
  facts?: Facts
  values?: Record<string, AuditValue>
}

/**
 * Who did it. `actor` is the id of a membership, of a person outside or of a service's token; of the
 * platform's staff, who are members nowhere, the user id.
 */
type Actor = { actorKind: ActorKind; actor: string | null; requestId: string | null }

export type AuditEvent = Happening & Actor

/** Whose account an event of the platform is about: its actors have no name there. Goes with the account. */
export function accountValue(userId: string | null): Record<string, AuditValue> {
  return userId ? { account: { after: userId, subject: userId } } : {}
}

/** Writes an event about the work under way, by whoever does it. Returns the event's id. */
export function record(happening: Happening) {
  const { trx } = Tenancy.current()
  return append(trx, byWhom(happening))
}

/** The same when no one needs the id: nothing waits for it, but the work under way fails if it cannot be written. */
export function tell(happening: Happening) {
  const { unawaited } = Tenancy.current()
  unawaited.add(record(happening))
}

/** Writes many events about the work under way in one statement per thousand. */
export function recordMany(happenings: Happening[]) {
  const { trx } = Tenancy.current()
  return appendMany(trx, happenings.map(byWhom))
}

/**
 * Writes one event in the organisation that `trx` is bound to. Returns the event's id. Throws at once what is no event.
 */
function append(trx: TransactionClientContract, event: AuditEvent): Promise<string> {
  const row = toRow(event)
  return write(trx, 'select audit.append(?, ?, ?, ?, ?, ?, ?, ?, ?) as id', [
    row.project,
    row.actor_kind,
    row.actor,
    row.action,
    row.entity_type,
    row.entity,
    row.request,
    toJson(row.facts),
    toJson(row.values),
  ]).then(([{ id }]) => id)
}

/** Writes many events in the organisation that `trx` is bound to. Returns their ids in order. */
export async function appendMany(trx: TransactionClientContract, events: AuditEvent[]) {
  const ids: string[] = []
  for (let start = 0; start < events.length; start += BATCH) {
    const batch = events.slice(start, start + BATCH).map(toRow)
    const rows = await sql(trx, 'select audit.append_many(?) as id', [toJson(batch)])
    for (const { id } of rows) ids.push(id)
  }
  return ids
}

const BATCH = 1000

/** Records the token when a program acts: as the actor for a service, beside the member otherwise. */
function byWhom(happening: Happening): AuditEvent {
  const { tokenId } = Tenancy.current()
  const facts = tokenId ? { ...happening.facts, token: tokenId } : happening.facts
  return { ...happening, facts, ...currentActor() }
}

function currentActor(): Actor {
  const { actorKind, membershipId, externalId, tokenId, requestId, userId } = Tenancy.current()
  const actor = actorKind === 'staff' ? userId : (membershipId ?? externalId ?? tokenId)
  return { actorKind, actor, requestId }
}

function toRow(event: AuditEvent) {
  return {
    project: event.projectId ?? null,
    actor_kind: event.actorKind,
    actor: event.actor,
    action: event.action,
    entity_type: event.entityType,
    entity: event.entityId,
    request: event.requestId,
    facts: checkedFacts(event.facts),
    values: Object.fromEntries(
      Object.entries(event.values ?? {}).map(([path, { subject = null, ...v }]) => [
        path,
        { v, subject },
      ])
    ),
  }
}

/** PostgreSQL's jsonb refuses half of a surrogate pair, which the row itself may well have kept. */
function toJson(data: unknown) {
  return JSON.stringify(data, (_, value) =>
    typeof value === 'string' ? value.toWellFormed() : value
  )
}
