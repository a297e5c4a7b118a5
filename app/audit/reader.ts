import { takenSince } from '#audit/taken_since'
import type { ChainRow, EventRow, LeafRow, OrphanRow, SealRow, ValueRow } from '#audit/rows'

/** What Lucid's clients and transactions offer; all that reading and sealing need. */
export type Sql = { rawQuery(sql: string, bindings?: any): PromiseLike<{ rows: any[] }> }

export type ReadOptions = {
  /** Show only this project's events (and the trail's own); of the others, the hash. */
  project?: string
  /** Show only these events, by id; of the others, the hash. */
  events?: Set<string>
  /** Show only what these members or people outside did; of the others, the hash. */
  actors?: Set<string>
  /**
   * Read only up to this seal. Nothing is ever added beneath a seal, so each query may then have its own transaction.
   * What was taken out since is shown as a hash: the event that says so has its seal to come.
   */
  upTo?: { number: string; txid: string }
  withoutValues?: boolean
  /** Returns the ids of events to hide; only their hashes are shown. */
  withheld?: (events: EventRow[]) => Promise<Set<string>>
}

const EVENTS_PER_READ = 500
const SEALS_PER_READ = 500

/**
 * Streams one organisation's chain in the order that the verifier needs. Run it in a repeatable read transaction bound
 * to that organisation, so that work in progress is not half seen.
 */
export async function* readChain(
  sql: Sql,
  organisation: string,
  options: ReadOptions = {}
): AsyncGenerator<ChainRow> {
  const seals = readSeals(sql, organisation, options)
  let seal = await seals.next()
  for await (const event of readEvents(sql, organisation, options)) {
    while (!seal.done && Number(event.txid) > Number(seal.value.from)) {
      yield seal.value
      seal = await seals.next()
    }
    yield event
  }
  if (!seal.done) yield seal.value
  yield* seals
  if (!options.withoutValues) yield* readOrphans(sql, organisation)
}

/** The newest seal; null where nothing is sealed yet. */
export async function lastSeal(
  sql: Sql,
  organisation: string
): Promise<ReadOptions['upTo'] | null> {
  const { rows } = await sql.rawQuery(LAST_SEAL, [organisation])
  return rows[0] ?? null
}

async function* readSeals(
  sql: Sql,
  organisation: string,
  { upTo }: ReadOptions
): AsyncGenerator<SealRow> {
  const end = upTo?.number ?? MOST
  let last = '0'
  while (true) {
    const { rows } = await sql.rawQuery(SEALS, [organisation, last, end, SEALS_PER_READ])
    for (const row of rows) yield { kind: 'seal', ...row }
    if (rows.length < SEALS_PER_READ) return
    last = rows.at(-1).number
  }
}

async function* readEvents(
  sql: Sql,
  organisation: string,
  options: ReadOptions
): AsyncGenerator<EventRow | LeafRow> {
  const { upTo, withoutValues } = options
  const isPartial = Boolean(options.events ?? options.actors)
  const end = upTo?.txid ?? MOST
  let [txid, seq] = [String(-(2n ** 63n)), '0']
  while (true) {
    const from = [organisation, txid, seq, end, EVENTS_PER_READ]
    const { rows } = await sql.rawQuery(EVENTS, [...from, ...from, EVENTS_PER_READ])
    const shown = await shownOf(rows, options)
    const values = await readValues(sql, organisation, withoutValues ? [] : shown)
    const taken = await takenSince(sql, organisation, { upTo, rows, values })
    const visible = new Set<any>(shown.filter(({ id }) => !taken.events.has(id)))
    for (const row of rows) {
      if (row.removal) yield removedLeaf(row, isPartial || taken.removals.has(row.removal))
      else if (visible.has(row)) yield { kind: 'event', ...row, values: values.get(row.id) ?? [] }
      else yield { kind: 'leaf', seq: row.seq, txid: row.txid, hash: row.hash }
    }
    if (rows.length < EVENTS_PER_READ) return
    ;({ txid, seq } = rows.at(-1))
  }
}

/** Where its tombstone is not among the events that are shown, it is a hash like any other. */
function removedLeaf({ seq, txid, hash, id, removal }: any, isUntold: boolean): LeafRow {
  const leaf = { kind: 'leaf' as const, seq, txid, hash }
  return isUntold ? leaf : { ...leaf, event: id, removal }
}

async function shownOf(rows: any[], options: ReadOptions): Promise<EventRow[]> {
  const asked = rows.filter((row) => !row.removal && isShown(row, options))
  if (!options.withheld) return asked
  const withheld = await options.withheld(asked)
  return asked.filter(({ id }) => !withheld.has(id))
}

function isShown(row: EventRow, { events, actors, project }: ReadOptions) {
  if (events) return events.has(row.id)
  if (actors) return row.actor !== null && actors.has(row.actor)
  return !project || row.project === project || isOwn(row)
}

/** Redactions belong to no project, but without them a redacted value looks like tampering. */
function isOwn(row: EventRow) {
  return row.action.startsWith('audit.')
}

async function readValues(sql: Sql, organisation: string, events: EventRow[]) {
  const values = new Map<string, ValueRow[]>()
  if (events.length === 0) return values
  const { rows } = await sql.rawQuery(VALUES, [organisation, events.map(({ id }) => id)])
  for (const { event, ...value } of rows) {
    const known = values.get(event)
    if (known) known.push(value)
    else values.set(event, [value])
  }
  return values
}

async function* readOrphans(sql: Sql, organisation: string): AsyncGenerator<OrphanRow> {
  const { rows } = await sql.rawQuery(ORPHANS, [organisation])
  for (const { id } of rows) yield { kind: 'orphan', id }
}

const instant = (column: string) =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

const MOST = String(2n ** 63n - 1n)

/** A bare `number` would be the text that is selected, after which 9 is the last. */
const LAST_SEAL = `
  select number::text, to_txid::text as txid from audit.seals
  where organisation_id = ? order by seals.number desc limit 1`

const SEALS = `
  select organisation_id as organisation, number::text, from_txid::text as "from",
    to_txid::text as "to", event_count::text as count, total_count::text as total,
    encode(root, 'hex') as root, encode(prev_hash, 'hex') as previous,
    ${instant('sealed_at')} as "sealedAt", encode(seal_hash, 'hex') as hash,
    (select coalesce(json_agg(json_build_object(
        'keyId', key_id, 'signature', translate(encode(signature, 'base64'), chr(10), ''))), '[]')
      from audit.checkpoints
      where checkpoints.organisation_id = seals.organisation_id
        and seal_number = number) as signatures
  from audit.seals
  where organisation_id = ? and number > ? and number <= ?
  order by seals.number limit ?`

/** Both halves are read in index order, and no further than the page. */
const EVENTS = `
  select seq::text, txid::text, organisation, id, at, project, "actorKind", actor, action, "entityType",
    entity, request, facts, header, hash, removal
  from (
    (select seq, txid, organisation_id as organisation, id, ${instant('occurred_at')} as at,
      project_id as project, actor_kind as "actorKind", actor_ref as actor, action,
      entity_type as "entityType", entity_id as entity, request_id as request, facts::text, header,
      encode(event_hash, 'hex') as hash, null::uuid as removal
    from audit.events
    where organisation_id = ? and (txid, seq) > (?, ?) and txid <= ?
    order by txid, seq limit ?)
    union all
    (select seq, txid, organisation_id, event_id, null, null, null, null, null, null, null, null, null,
      null, encode(event_hash, 'hex'), removal_id
    from audit.removed_events
    where organisation_id = ? and (txid, seq) > (?, ?) and txid <= ?
    order by txid, seq limit ?)
  ) leaf
  order by leaf.txid, leaf.seq limit ?`

const VALUES = `
  select event_id as event, path, subject_ref as subject, encode(salt, 'hex') as salt, value,
    ${instant('redacted_at')} as "redactedAt"
  from audit.event_values
  where organisation_id = ? and event_id = any(?)`

const ORPHANS = `
  select distinct event_id as id from audit.event_values kept
  where organisation_id = ? and not exists (
    select from audit.events
    where events.organisation_id = kept.organisation_id and events.id = kept.event_id)
  limit 1000`
