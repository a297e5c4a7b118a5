import type pg from 'pg'
// @ts-expect-error knex brings no types for its parts; pinned with Lucid
import PostgresTransaction from 'knex/lib/dialects/postgres/execution/pg-transaction.js'

/**
 * Sends together what is asked of one connection before the next answer can arrive: each message of its own
 * wakes the database's process, which takes longer than most of our queries. Given to the pool for each new
 * connection; works on those that send without waiting (`pipeline`).
 */
export function sendTogether(client: pg.Client) {
  let isHeld = false
  client.query = function (this: any, ...args: any[]) {
    if (!isHeld) {
      const { stream } = this.connection
      isHeld = true
      stream.cork()
      process.nextTick(() => {
        isHeld = false
        stream.uncork()
      })
    }
    // Looked up at each call, so that whoever wraps every client's `query` is not passed by.
    return Object.getPrototypeOf(client).query.apply(this, args)
  } as typeof client.query
}

/**
 * Begins transactions without waiting for the answer, and hears how they end, once, at boot; pinned to the knex of
 * Lucid 22.4. A transaction whose begin failed does not end well: nothing of a tenant can be read or written
 * without one.
 */
export function installEagerTransactions() {
  const { begin } = PostgresTransaction.prototype
  PostgresTransaction.prototype.begin = async function (connection: unknown) {
    begin.call(this, connection).catch((error: unknown) => this._rejecter(error))
  }
  PostgresTransaction.prototype.commit = commit
}

/**
 * Where a statement has failed PostgreSQL answers a commit by taking everything back, and calls that no error; knex
 * keeps even a refusal to itself. What waits for the commit would begin as if all were well.
 */
async function commit(this: any, connection: unknown, value: unknown) {
  const answering = this.trxClient.query(connection, 'COMMIT;')
  this._completed = true
  try {
    const { response } = await answering
    if (response.command === 'ROLLBACK') throw new TakenBack()
    this._resolver(value)
  } catch (error) {
    this._rejecter(error)
    throw error
  }
}

export class TakenBack extends Error {
  constructor() {
    super('The transaction was taken back: one of its statements had failed')
  }
}
