import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** Staff who are looking into an organisation now, or an organisation that is to be erased. */
export type Ahead = {
  kind: 'look' | 'erasure'
  organisation_id: string
  name: string
  /** Who is looking in; null for what is to be erased. */
  person: string | null
  /** When the access ends, or the organisation is erased. */
  at: Date
  /** Of this kind, including those that are not named. */
  total: number
}

/** Open accesses, the longest first, and organisations to be erased, the next first: so many of each. */
export function ahead(limit: number): Promise<Ahead[]> {
  return sql(Tenancy.current().trx, 'select * from office.ahead(?)', [limit])
}
