import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/** A client, or a stand-in for one. Its own type has overloads from which nothing can be inferred. */
type Transactional = {
  transaction(work: (trx: any) => Promise<any>, options?: Isolation): Promise<any>
}

type Isolation = { isolationLevel: 'repeatable read' }

/**
 * Runs `work` in a transaction that commits when it returns and rolls back when it throws. Also throws when the
 * database refuses the commit, as deferred constraints do: knex reports that only to those who await the transaction as
 * a whole, and `client.transaction(work)` would return as if all were well.
 */
export async function transaction<T>(
  client: Transactional,
  work: (trx: TransactionClientContract) => Promise<T>,
  options?: Isolation
): Promise<T> {
  let settled: Promise<unknown> | undefined
  const result: T = await client.transaction(async (trx) => {
    settled = trx.knexClient?.executionPromise
    return work(trx)
  }, options)
  await settled
  return result
}
