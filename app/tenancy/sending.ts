import type pg from 'pg'
import { Batch, type Statement } from '#tenancy/batch'
// @ts-expect-error knex brings no types for its parts; pinned with Lucid
import PostgresTransaction from 'knex/lib/dialects/postgres/execution/pg-transaction.js'

/**
 * Sends together what is asked of one connection before the next answer can arrive: each separate message wakes the
 * database's process, which takes longer than most of our queries. Given to the pool for each new connection; works on
 * those that send without waiting (`pipeline`).
 */
export function sendTogether(client: pg.Client) {
  senderOf(client)
}

/**
 * Sends a statement together with those asked for at the same moment, in order, and resolves to its rows. They are
 * answered together as well, so that this process is woken once.
 */
export function gather(client: pg.Client, statement: Statement, values: unknown[]) {
  return senderOf(client).gather(statement, values)
}

const senders = new WeakMap<pg.Client, Sender>()

/** Also for a connection that came to its pool some other way. */
function senderOf(client: pg.Client) {
  let sender = senders.get(client)
  if (!sender) senders.set(client, (sender = new Sender(client)))
  return sender
}

class Sender {
  #client: any
  #isHeld = false
  #batch: Batch | null = null

  constructor(client: pg.Client) {
    this.#client = client
    client.query = this.query as typeof client.query
  }

  gather(statement: Statement, values: unknown[]) {
    this.#hold()
    this.#batch ??= new Batch()
    return this.#batch.add(statement, values)
  }

  /** What is sent on its own follows what was collected before it. */
  readonly query = (...args: unknown[]) => {
    this.#hold()
    this.#flush()
    return this.#send(...args)
  }

  #hold() {
    if (this.#isHeld) return
    const { stream } = this.#client.connection
    this.#isHeld = true
    stream.cork()
    process.nextTick(() => {
      this.#isHeld = false
      this.#flush()
      stream.uncork()
    })
  }

  #flush() {
    const batch = this.#batch
    if (!batch) return
    this.#batch = null
    if (batch.parts.length > 0) this.#send(batch)
  }

  #send(...args: unknown[]) {
    // Looked up at each call, so that code wrapping every client's `query` is not bypassed.
    return Object.getPrototypeOf(this.#client).query.apply(this.#client, args)
  }
}

const BEGIN: Statement = { name: 'begin', text: 'begin' }

/**
 * Begins transactions without waiting for the answer, and checks how they end, once, at boot; pinned to the knex of
 * Lucid 22.4. A transaction whose begin failed does not succeed: nothing of a tenant can be read or written without
 * one.
 */
export function installEagerTransactions() {
  const { begin } = PostgresTransaction.prototype
  PostgresTransaction.prototype.begin = async function (connection: pg.Client) {
    const isPlain = !this.isolationLevel && !this.readOnly
    if (isPlain) this.trxClient.emit('query', { sql: BEGIN.text })
    const begun = isPlain ? gather(connection, BEGIN, []) : begin.call(this, connection)
    begun.catch((error: unknown) => this._rejecter(error))
  }
  PostgresTransaction.prototype.commit = commit
}

/**
 * After a failed statement PostgreSQL answers a commit by rolling back, and calls that no error; knex hides even a
 * refusal. What waits for the commit would otherwise run as if all were well.
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

class TakenBack extends Error {
  constructor() {
    super('The transaction was taken back: one of its statements had failed')
  }
}
