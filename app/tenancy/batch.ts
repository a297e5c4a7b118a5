import pg from 'pg'
// @ts-expect-error pg brings no types for its parts; pinned with Lucid
import { prepareValue } from 'pg/lib/utils.js'

/** PostgreSQL's answer to every statement after one that failed. */
export const FAILED_BEFORE = '25P02'

/** For a statement that the connection does not know by its name. */
const UNKNOWN = '26000'

/**
 * For a statement that a connection keeps but can no longer use: a migration has changed its columns (“cached plan must
 * not change result type”), or the connection has forgotten it.
 */
const OUT_OF_DATE = new Set<unknown>(['0A000', UNKNOWN])

/** A statement that connections keep prepared under its name; without one it is planned each time. */
export type Statement = { name?: string; text: string }

type Field = { name: string; dataTypeID: number }
type Reader = { names: string[]; parsers: ((text: string) => unknown)[]; empty: object }
type Row = Record<string, unknown>

/** One statement of a batch, and who waits for its rows. */
class Part {
  readonly rows: Row[] = []
  /** Set when the connection does not know the statement yet. */
  isParsed = false
  reader: Reader | undefined
  failure: unknown

  constructor(
    readonly statement: Statement,
    /** As the protocol expects them. */
    readonly values: unknown[],
    readonly resolve: (rows: any[]) => void,
    readonly reject: (error: unknown) => void
  ) {}
}

const NO_COLUMNS: Reader = { names: [], parsers: [], empty: {} }

/** How many statements a connection keeps; beyond that the least recently used are dropped. */
const MOST_KEPT = 250

/** A statement that a connection keeps: how to read its rows, and when it was last used. */
type Kept = { reader: Reader; askedAt: number }

const kept = new WeakMap<object, Map<string, Kept>>()

/** Increases with each statement that is sent. */
let clock = 0

/**
 * Several statements sent in one write and answered in one as well: PostgreSQL sends its answers at each "sync", and pg
 * requests one after every statement. The columns of a prepared statement are requested once for each connection. After
 * a failure the rest is not run, as in any failed transaction.
 */
export class Batch {
  readonly parts: Part[] = []
  #at = 0
  #kept!: Map<string, Kept>

  /** Resolves to the rows; a value that PostgreSQL cannot accept is refused before anything is sent. */
  add(statement: Statement, values: unknown[]): Promise<any[]> {
    return new Promise((resolve, reject) => {
      const given = values.map((value) => prepareValue(value))
      this.parts.push(new Part(statement, given, resolve, reject))
    })
  }

  /**
   * The name under which pg remembers what the connection has parsed; it asks while the statement's answer comes in.
   */
  get name() {
    return this.#part?.isParsed ? this.#part.statement.name : undefined
  }

  get text() {
    return this.#part?.statement.text ?? ''
  }

  submit(connection: any) {
    this.#kept = keptOf(connection)
    if (this.#kept.size > MOST_KEPT) this.#makeRoom(connection)
    for (const part of this.parts) this.#send(part, connection)
    connection.sync()
    return null
  }

  /**
   * Sent before anything else in this batch, so that no failure keeps the database from receiving it. A statement still
   * awaiting its answer is not known to exist.
   */
  #makeRoom(connection: any) {
    const oldest = [...this.#kept].toSorted(([, one], [, other]) => one.askedAt - other.askedAt)
    for (const [name] of oldest.slice(0, this.#kept.size - MOST_KEPT)) {
      if (connection.submittedNamedStatements[name]) continue
      this.#kept.delete(name)
      if (!connection.parsedStatements[name]) continue
      connection.close({ type: 'S', name })
      delete connection.parsedStatements[name]
    }
  }

  #send(part: Part, connection: any) {
    const { statement, values } = part
    const { name, text } = statement
    if (
      !name ||
      !(connection.parsedStatements[name] || connection.submittedNamedStatements[name])
    ) {
      // There may still be an outdated one of that name; closing one that does not exist is no error.
      if (name) connection.close({ type: 'S', name })
      connection.parse({ name, text })
      if (name) connection.submittedNamedStatements[name] = text
      part.isParsed = true
    }
    const known = name && !part.isParsed ? this.#kept.get(name) : undefined
    if (known) known.askedAt = ++clock
    part.reader = known?.reader
    connection.bind({ statement: name, values })
    if (!part.reader) connection.describe({ type: 'P' })
    connection.execute()
  }

  handleRowDescription({ fields }: { fields: Field[] }) {
    this.#part!.reader = readerOf(fields)
  }

  handleDataRow({ fields }: { fields: (string | null)[] }) {
    const part = this.#part!
    if (part.failure) return
    try {
      part.rows.push(rowOf(fields, part.reader!))
    } catch (error) {
      part.failure = error
    }
  }

  handleCommandComplete() {
    const part = this.#part!
    const { name } = part.statement
    if (name && (part.isParsed || !this.#kept.has(name))) {
      this.#kept.set(name, { reader: part.reader ?? NO_COLUMNS, askedAt: ++clock })
    }
    this.#at++
  }

  /** An empty statement is answered this way, without a completion. */
  handleEmptyQuery() {
    this.handleCommandComplete()
  }

  /**
   * One statement failed, and the rest is not run; or the connection is dead. If all were run, what followed them
   * failed: outside a transaction that is the commit, without which none of them counts.
   */
  handleError(error: any, connection: any) {
    const [failed, ...skipped] = this.parts.slice(this.#at)
    if (!failed) return this.parts.forEach(({ reject }) => reject(error))
    this.#answer()
    failed.reject(wasNotParsed(failed, error, connection) ? notRun() : error)
    this.#forget(failed, error, connection)
    for (const { isParsed, statement, reject } of skipped) {
      if (isParsed && statement.name) delete connection.submittedNamedStatements[statement.name]
      reject(endsConnection(error) ? error : notRun())
    }
    this.#at = this.parts.length
  }

  /** Everything is answered only here: outside a transaction the statement is committed just before. */
  handleReadyForQuery() {
    this.#answer()
  }

  #answer() {
    for (const { failure, rows, resolve, reject } of this.parts.slice(0, this.#at)) {
      if (failure) reject(failure)
      else resolve(rows)
    }
  }

  /** The next query with it has it parsed again. */
  #forget({ statement: { name } }: Part, { code }: { code?: string }, connection: any) {
    if (!name || !OUT_OF_DATE.has(code)) return
    delete connection.parsedStatements[name]
    this.#kept.delete(name)
  }

  get #part(): Part | undefined {
    return this.parts[this.#at]
  }
}

// pg accepts only its own queries, because others might lose their place among the answers. A batch keeps its place.
Object.setPrototypeOf(Batch.prototype, pg.Query.prototype)

/** True if an earlier batch was to parse this statement, and was itself not run. */
function wasNotParsed({ statement: { name } }: Part, { code }: { code?: string }, connection: any) {
  return code === UNKNOWN && !connection.parsedStatements[name!]
}

/**
 * Concerns no single statement, but the connection or the server; everyone waiting for the rest has to hear that, too.
 */
function endsConnection({ severity }: { severity?: string }) {
  return severity !== 'ERROR'
}

function notRun() {
  const error = new Error('The transaction had failed before: this statement was not run')
  return Object.assign(error, { code: FAILED_BEFORE })
}

function keptOf(connection: object) {
  let known = kept.get(connection)
  if (!known) kept.set(connection, (known = new Map()))
  return known
}

function readerOf(fields: Field[]): Reader {
  return {
    names: fields.map(({ name }) => name),
    parsers: fields.map(({ dataTypeID }) => pg.types.getTypeParser(dataTypeID, 'text')),
    empty: Object.fromEntries(fields.map(({ name }) => [name, null])),
  }
}

function rowOf(fields: (string | null)[], { names, parsers, empty }: Reader): Row {
  const row: Row = { ...empty }
  fields.forEach((field, index) => {
    if (field !== null) row[names[index]] = parsers[index](field)
  })
  return row
}
