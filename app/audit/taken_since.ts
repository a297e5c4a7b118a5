import type { ReadOptions, Sql } from '#audit/reader'
import type { ValueRow } from '#audit/rows'

/** Some rows of a chain that is read up to a seal, and the values of those shown. */
type Part = {
  upTo: ReadOptions['upTo']
  rows: { removal: string | null }[]
  values: Map<string, ValueRow[]>
}

/**
 * What left the trail after that seal: events of which values were erased, and removals, by their ids. Queried only if
 * something is missing among the rows at all.
 */
export async function takenSince(sql: Sql, organisation: string, { upTo, rows, values }: Part) {
  const taken = { events: new Set<string>(), removals: new Set<string>() }
  const isWhole = rows.every(({ removal }) => !removal) && ![...values.values()].some(hasBlank)
  if (!upTo || isWhole) return taken
  const { rows: later } = await sql.rawQuery(TAKEN, [organisation, upTo.txid])
  for (const { id, redacted } of later) {
    if (redacted === null) taken.removals.add(id)
    else for (const event of redacted) taken.events.add(event)
  }
  return taken
}

function hasBlank(values: ValueRow[]) {
  return values.some(({ redactedAt }) => redactedAt !== null)
}

const TAKEN = `
  select id, case action when 'audit.redacted' then
      array(select jsonb_object_keys(facts->'redacted')) end as redacted
  from audit.events
  where organisation_id = ? and txid > ? and action in ('audit.redacted', 'audit.removed')`
