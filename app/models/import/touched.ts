import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/**
 * Where people add something to a record, by the column that names the record, and the reason this gives for keeping
 * it. `only` is SQL that limits it further, where `:ids` are the records.
 */
export type Attached = { reason: string; table: string; column: string; only?: string }[]

/**
 * Why each of these records that people worked on is kept; expects them to be locked, so that nothing is added
 * afterwards.
 */
export async function touchedAmong(
  records: { id: string; lockVersion: number }[],
  attached: Attached
): Promise<Map<string, string>> {
  const { trx, organisationId: organisation } = Tenancy.current()
  const ids = records.map(({ id }) => id)
  const reasons = new Map<string, string>()
  for (const { reason, table, column, only = 'true' } of attached) {
    const text = `select ${column} as id from ${table}
      where organisation_id = :organisation and ${column} = any(:ids) and ${only}`
    const rows = await sql<{ id: string }>(trx, text, { organisation, ids } as any)
    for (const { id } of rows) reasons.set(id, reason)
  }
  for (const { id, lockVersion } of records) if (lockVersion > 1) reasons.set(id, 'was changed')
  return reasons
}
