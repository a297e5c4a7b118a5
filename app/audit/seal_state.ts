import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** How far the organisation's trail is sealed. `waiting` is counted only up to COUNTED. */
export type SealState = { upTo: string | null; sealedAt: Date | null; waiting: number }

export const COUNTED = 1000

/** Everything up to `upTo` is under a signed seal; later events wait for the next. */
export async function sealState(): Promise<SealState> {
  const { trx, organisationId } = Tenancy.current()
  const [last] = await sql(
    trx,
    `select to_txid as "upTo", sealed_at as "sealedAt" from audit.seals
     where organisation_id = ? order by number desc limit 1`,
    [organisationId]
  )
  const [open] = await sql(trx, OPEN, [organisationId, last?.upTo ?? 0, COUNTED + 1])
  if (!last) return { upTo: null, sealedAt: null, waiting: open.waiting }
  const [top] = await sql(trx, TOP, [organisationId, open.first])
  return { upTo: top?.seq ?? null, sealedAt: last.sealedAt, waiting: open.waiting }
}

const OPEN = `
  select count(*)::int as waiting, coalesce(min(seq), 9223372036854775807) as first
  from (
    select seq from audit.events
    where organisation_id = ? and txid > ? order by txid, seq limit ?
  ) open`

const TOP = `
  select seq from audit.events where organisation_id = ? and seq < ? order by seq desc limit 1`
