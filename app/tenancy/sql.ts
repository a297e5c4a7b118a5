import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { gather } from '#tenancy/sending'
import { statementOf } from '#tenancy/statements'

/** Runs SQL with `?` placeholders on a client or transaction and returns its rows. Null is a value like any other. */
export async function sql<Row = any>(
  client: Pick<QueryClientContract, 'rawQuery'>,
  text: string,
  values: unknown[] = []
): Promise<Row[]> {
  const { rows } = await client.rawQuery(text, values as any[])
  return rows
}

/** Runs SQL that changes rows, and returns how many. */
export async function change(
  client: Pick<QueryClientContract, 'rawQuery'>,
  text: string,
  values: unknown[] = []
): Promise<number> {
  const { rowCount } = await client.rawQuery(text, values as any[])
  return rowCount
}

/**
 * The same for queries of every page: as a prepared statement, bypassing the query builder. Under row level security
 * planning such a query takes longer than running it. Name its columns: a `*` would break the statement when a
 * migration adds one.
 */
export async function read<Row = any>(
  client: QueryClientContract,
  text: string,
  values: unknown[] = []
): Promise<Row[]> {
  refuseCompleted(client)
  const pool = (client.getReadClient() as any).client
  const statement = statementOf(text)
  try {
    const connection = await pool.acquireConnection()
    try {
      return await gather(connection, statement, values)
    } finally {
      pool.releaseConnection(connection)
    }
  } catch (error: any) {
    // The stack trace leads to the caller, not to the socket.
    Error.captureStackTrace(error)
    throw error
  }
}

/**
 * After its end a transaction's connection may belong to someone else; knex checks this when it sends queries itself.
 */
function refuseCompleted(client: QueryClientContract) {
  if (client.isTransaction && (client as TransactionClientContract).isCompleted) {
    throw new Error('Transaction query already complete')
  }
}

/** The same for writes of nearly every form. */
export const write = read

/** The same for a query that the query builder built. */
export function readBuilt<Row = any>(
  client: QueryClientContract,
  query: { toSQL(): { sql: string; bindings?: unknown } }
): Promise<Row[]> {
  const { sql: text, bindings } = query.toSQL()
  return read(client, text, bindings as unknown[])
}

/** True of PostgreSQL's error for a row that would violate a unique key. */
export function isUniqueViolation(error: unknown) {
  return (error as { code?: string }).code === '23505'
}

/** True of PostgreSQL's error for a row that refers to one that is gone. */
export function isForeignKeyViolation(error: unknown) {
  return (error as { code?: string }).code === '23503'
}
