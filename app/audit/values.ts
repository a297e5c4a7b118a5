import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** One half of a kept value. `erased` when it was lawfully erased. */
export type Half = { value: unknown; erased: boolean }

/** What one column held before and after an event. */
export type KeptChange = { column: string; before: Half; after: Half }

const NOTHING: Half = { value: null, erased: false }
const ERASED: Half = { value: null, erased: true }
const OLD_HALF = '@before'

/** The kept values of some events, by event id. */
export async function keptChanges(eventIds: string[]): Promise<Map<string, KeptChange[]>> {
  const byEvent = new Map<string, KeptChange[]>()
  if (eventIds.length === 0) return byEvent
  const { trx, organisationId } = Tenancy.current()
  const rows = await read<Row>(
    trx,
    `select event_id as event, path, value, redacted_at is not null as erased
     from audit.event_values where organisation_id = ? and event_id = any(?) order by path`,
    [organisationId, eventIds]
  )
  for (const row of rows) {
    const known = byEvent.get(row.event) ?? []
    if (known.length === 0) byEvent.set(row.event, known)
    add(known, row)
  }
  return byEvent
}

type Row = { event: string; path: string; value: string | null; erased: boolean }

/** A value that passed from one person to another is stored as two rows; this joins them again. */
function add(changes: KeptChange[], { path, value, erased }: Row) {
  const isOldHalf = path.endsWith(OLD_HALF)
  const column = isOldHalf ? path.slice(0, -OLD_HALF.length) : path
  const both = erased ? { before: ERASED, after: ERASED } : halves(value)
  const known = changes.find((change) => change.column === column)
  if (isOldHalf && known) known.before = both.before
  else if (known) known.after = both.after
  else if (isOldHalf) changes.push({ column, before: both.before, after: NOTHING })
  else changes.push({ column, ...both })
}

function halves(value: string | null) {
  const { before = null, after = null } = JSON.parse(value ?? '{}') ?? {}
  return { before: { value: before, erased: false }, after: { value: after, erased: false } }
}
