import type { SigningKey } from '#audit/keys'
import type { Sql } from '#audit/reader'
import { statement, type SealRow } from '#audit/rows'
import { eachInTurn } from '#tenancy/each_in_turn'
import { transaction } from '#tenancy/transaction'

export type Transactional = Sql & {
  transaction<T>(work: (trx: Sql) => Promise<T>): Promise<T>
}

/** A seal just made. Log it: only a copy outside the database shows that a seal was deleted. */
type Sealed = { organisation: string; number: string; events: number; hash: string }

/**
 * Seals every organisation that has finished, unsealed events; each seal in its own transaction,
 * signed. Several workers may run it at once: they take turns per organisation.
 */
export async function sealAll(sealer: Transactional, key: SigningKey): Promise<Sealed[]> {
  const { rows } = await sealer.rawQuery('select organisation_id as id from audit.unsealed()')
  const sealed = await eachInTurn(
    rows as { id: string }[],
    ({ id }) => sealOrganisation(sealer, key, id),
    'Some organisations were not sealed'
  )
  return sealed.flat()
}

/** Seals what one organisation has finished: usually one seal, more after a large import. */
export async function sealOrganisation(
  sealer: Transactional,
  key: SigningKey,
  organisation: string,
  limit = EVENTS_PER_SEAL
): Promise<Sealed[]> {
  const sealed: Sealed[] = []
  let seal = await sealNext(sealer, key, organisation, limit)
  while (seal) {
    sealed.push(seal)
    seal = await sealNext(sealer, key, organisation, limit)
  }
  return sealed
}

/** How long the oldest unsealed event has waited, in seconds; a long transaction makes it grow. */
export async function sealLag(sealer: Sql): Promise<number> {
  const { rows } = await sealer.rawQuery(
    `select coalesce(extract(epoch from clock_timestamp() - min(since)), 0)::float8 as lag
     from audit.unsealed()`
  )
  return rows[0].lag
}

const EVENTS_PER_SEAL = 50_000

function sealNext(sealer: Transactional, key: SigningKey, organisation: string, limit: number) {
  return transaction(sealer, async (trx) => {
    const { rows } = await trx.rawQuery(SEAL, [organisation, limit])
    if (rows.length === 0) return null
    const seal: SealRow = { kind: 'seal', signatures: [], ...rows[0] }
    await trx.rawQuery('select audit.sign(?, ?, ?, ?)', [
      organisation,
      seal.number,
      key.id,
      key.sign(statement(seal)),
    ])
    return { organisation, number: seal.number, events: Number(seal.count), hash: seal.hash }
  })
}

const SEAL = `
  select organisation_id as organisation, number::text, from_txid::text as "from",
    to_txid::text as "to", event_count::text as count, total_count::text as total,
    encode(root, 'hex') as root, encode(prev_hash, 'hex') as previous,
    to_char(sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "sealedAt",
    encode(seal_hash, 'hex') as hash
  from audit.seal(?, ?)`
