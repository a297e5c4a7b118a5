// @ts-expect-error knex brings no types for its parts; pinned with Lucid
import PostgresTransaction from 'knex/lib/dialects/postgres/execution/pg-transaction.js'
// @ts-expect-error as above
import builderMethods from 'knex/lib/query/method-constants.js'

/**
 * What a transaction offers Lucid. knex makes a function with two hundred methods of its own, two emitters and a dozen
 * listeners for each, which was a good part of what a page allocates; here the methods are those of a class.
 */
class Transactor {
  readonly isTransaction = true
  parentTransaction?: Transactor
  executionPromise?: Promise<unknown>

  constructor(
    private trx: any,
    private connection: unknown,
    readonly client: any
  ) {}

  get userParams() {
    return this.trx.userParams ?? {}
  }

  get schema() {
    return this.client.schemaBuilder()
  }

  queryBuilder() {
    return this.client.queryBuilder()
  }

  raw(...args: unknown[]) {
    return this.client.raw(...args)
  }

  ref(...args: unknown[]) {
    return this.client.ref(...args)
  }

  /** A savepoint within this one. */
  transaction(container?: unknown, options: object = {}) {
    const config = { doNotRejectOnRollback: true, ...options }
    if (container) return this.client.transaction(container, config, this.trx)
    return new Promise((resolve, reject) => {
      this.client.transaction(resolve, config, this.trx).catch(reject)
    })
  }

  savepoint(container?: unknown, options?: object) {
    return this.transaction(container, options)
  }

  commit(value?: unknown) {
    const { trx, connection } = this
    return trx.client.transacting ? trx.release(connection, value) : trx.commit(connection, value)
  }

  rollback(error?: unknown) {
    const { trx, connection } = this
    return trx.client.transacting
      ? trx.rollbackTo(connection, error)
      : trx.rollback(connection, error)
  }

  isCompleted() {
    return this.trx.isCompleted()
  }
}

for (const method of builderMethods) {
  Object.defineProperty(Transactor.prototype, method, {
    value(this: Transactor, ...args: unknown[]) {
      return this.queryBuilder()[method](...args)
    },
  })
}

/** Makes transactions of knex offer a `Transactor`, once, at boot; pinned to the knex of Lucid 22.4. */
export function installTransactors() {
  PostgresTransaction.prototype._onAcquire = onAcquire
}

/** In the order of knex's own: begins, then runs the work, and settles as that or a commit or rollback says. */
async function onAcquire(this: any, container: (trx: Transactor) => any, connection: unknown) {
  const client = (this.trxClient = boundClient(this, connection))
  const begun = this.client.transacting ? this.savepoint(connection) : this.begin(connection)
  const executionPromise = new Promise((resolve, reject) => {
    this._resolver = resolve
    this._rejecter = reject
  })
  begun
    .then(() => {
      const transactor = new Transactor(this, connection, client)
      this.transactor = transactor
      transactor.parentTransaction = this.outerTx?.transactor
      transactor.executionPromise = executionPromise
      settleBy(container, transactor)
    })
    .catch(this._rejecter)
  return executionPromise
}

/** Work that answers a promise commits by itself. */
function settleBy(container: (trx: Transactor) => any, transactor: Transactor) {
  let result
  try {
    result = container(transactor)
  } catch (error) {
    result = Promise.reject(error)
  }
  if (typeof result?.then !== 'function') return
  result
    .then((value: unknown) => transactor.commit(value))
    .catch((error: unknown) => transactor.rollback(error))
}

/** A client that always takes the transaction's connection, and never gives it back to the pool. */
function boundClient(trx: any, connection: unknown) {
  const { client } = trx
  const bound = Object.create(boundPrototype(Object.getPrototypeOf(client)))
  bound.version = client.version
  bound.config = client.config
  bound.driver = client.driver
  bound.connectionSettings = client.connectionSettings
  bound.valueForUndefined = client.valueForUndefined
  bound.logger = client.logger
  bound.trx = trx
  bound.connection = connection
  return bound
}

const BOUND = Symbol('made for the transactions of a dialect')

/** One for all transactions of a dialect, nested ones too. */
function boundPrototype(dialect: any) {
  return (dialect[BOUND] ??= madeBound(dialect))
}

function madeBound(dialect: any) {
  const { query, stream, emit } = dialect
  return Object.assign(Object.create(dialect), {
    transacting: true,
    query(this: any, connection: unknown, asked: unknown) {
      return within(this, connection, () => query.call(this, connection, asked))
    },
    stream(this: any, connection: unknown, asked: unknown, target: unknown, options: unknown) {
      return within(this, connection, () => stream.call(this, connection, asked, target, options))
    },
    /** Its connection; refused after the end, when it may be another's. */
    own(this: any) {
      refuseCompleted(this)
      return this.connection
    },
    acquireConnection(this: any) {
      return Promise.resolve(this.connection)
    },
    releaseConnection() {
      return Promise.resolve()
    },
    /** To whoever listens to the transaction or to all of them. */
    emit(this: any, event: string, ...args: unknown[]) {
      emit.call(this, event, ...args)
      this.trx.emit(event, ...args)
      return this.trx.client.emit(event, ...args)
    },
  })
}

/** Refuses what comes after the end, or by another connection. */
async function within(bound: any, connection: unknown, work: () => unknown) {
  if (connection !== bound.connection) {
    throw new Error('Invalid connection for transaction query.')
  }
  refuseCompleted(bound)
  return work()
}

function refuseCompleted({ trx }: any) {
  if (trx.isCompleted()) throw new Error('Transaction query already complete')
}
