import pg from 'pg'
// @ts-expect-error pg brings no types for its parts; pinned with Lucid
import { prepareValue } from 'pg/lib/utils.js'

/** What PostgreSQL answers to every statement after the one that failed. */
export const FAILED_BEFORE = '25P02'

/** Of a statement that the connection does not know by its name. */
const UNKNOWN = '26000'

/**
 * Of a statement that a connection keeps: a migration has changed its columns (“cached plan must not change result
 * type”), or the connection does not know it any more.
 */
const OUT_OF_DATE = new Set<unknown>(['0A000', UNKNOWN])

/** A statement that connections keep prepared under its name; without one it is planned anew. */
export type Statement = { name?: string; text: string }

type Field = { name: string; dataTypeID: number }
type Reader = { names: string[]; parsers: ((text: string) => unknown)[]; empty: object }
type Row = Record<string, unknown>

/** One statement of a batch, and who waits for its rows. */
class Part {
  readonly rows: Row[] = []
  /** Set where the connection does not know the statement yet. */
  isParsed = false
  reader: Reader | undefined
  failure: unknown

  constructor(
    readonly statement: Statement,
    /** As the protocol takes them. */
    readonly values: unknown[],
    readonly resolve: (rows: any[]) => void,
    readonly reject: (error: unknown) => void
  ) {}
}

const NO_COLUMNS: Reader = { names: [], parsers: [], empty: {} }

/** So many statements a connection keeps; beyond them those go that were not asked for the longest. */
const MOST_KEPT = 250

/** A statement that a connection keeps: how its rows are read, and when it was asked for last. */
type Kept = { reader: Reader; askedAt: number }

const kept = new WeakMap<object, Map<string, Kept>>()

/** Counts on with each statement that is sent. */
let clock = 0

/**
 * Several statements that leave in one write and are answered in one as well: PostgreSQL sends its answers at each
 * "sync", and pg asks for one after every statement. What a prepared statement's columns are is asked once for each
 * connection. After one that fails the rest is not run, as in any transaction that has failed.
 */
export class Batch {
  readonly parts: Part[] = []
  #at = 0
  #kept!: Map<string, Kept>

  /** Answers the rows; a value that PostgreSQL cannot be given is refused before anything is sent. */
  add(statement: Statement, values: unknown[]): Promise<any[]> {
    return new Promise((resolve, reject) => {
      const given = values.map((value) => prepareValue(value))
      this.parts.push(new Part(statement, given, resolve, reject))
    })
  }

  /** By this name pg remembers what the connection has parsed; it asks while the statement's answer comes in. */
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
   * Before anything of this batch, so that no failure keeps the database from hearing of it. One that is still to be
   * answered is not known to be there.
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
      // There may be one of that name still, which is out of date; to close none is no error.
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

  /** What says nothing is answered so, instead of with its completion. */
  handleEmptyQuery() {
    this.handleCommandComplete()
  }

  /**
   * One statement failed, and the rest is not run; or the connection no longer answers. If all were run, what followed
   * them failed: outside a transaction that is the commit, without which none of them holds.
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

  /** All is answered only here: outside a transaction the statement is committed just before. */
  handleReadyForQuery() {
    this.#answer()
  }

  #answer() {
    for (const { failure, rows, resolve, reject } of this.parts.slice(0, this.#at)) {
      if (failure) reject(failure)
      else resolve(rows)
    }
  }

  /** The next who asks has it parsed anew. */
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

/** True if an earlier batch was to have this statement parsed, and was itself not run. */
function wasNotParsed({ statement: { name } }: Part, { code }: { code?: string }, connection: any) {
  return code === UNKNOWN && !connection.parsedStatements[name!]
}

/** Told of no statement, but of the connection or the server; who asked for the rest has to hear that, too. */
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
