import { distinct } from '#models/ids'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** Names by account, for platform staff; accounts that are gone are absent. */
export async function namesOfAccounts(ids: (string | null)[]): Promise<Map<string, string>> {
  const wanted = distinct(ids)
  if (wanted.length === 0) return new Map()
  const rows = await sql<{ id: string; name: string | null }>(
    Tenancy.current().trx,
    `select id, directory.person(id)->>'name' as name from unnest(?::uuid[]) id`,
    [wanted]
  )
  return new Map(rows.flatMap(({ id, name }) => (name ? [[id, name] as const] : [])))
}
