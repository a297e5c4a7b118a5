import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type Row = Record<string, unknown>

/**
 * Inserts many rows of the organisation at work in one statement. Rows have the same columns; a watched table needs an
 * event for each.
 */
export function insertRows(table: string, rows: Row[]) {
  const { trx, organisationId } = Tenancy.current()
  return insertRowsOf(organisationId, table, rows, trx)
}

/** The same on a client that is bound to this organisation. */
export async function insertRowsOf(
  organisationId: string,
  table: string,
  rows: Row[],
  client: Pick<QueryClientContract, 'rawQuery'>
) {
  if (rows.length === 0) return
  const names = ['organisation_id', ...Object.keys(rows[0])].join(', ')
  const given = rows.map((row) => ({ ...row, organisation_id: organisationId }))
  await sql(
    client,
    `insert into ${table} (${names})
     select ${names} from json_populate_recordset(null::${table}, ?::json)`,
    [JSON.stringify(given)]
  )
}

/**
 * Writes the columns given by rows of the organisation at work, each by its id, in one statement. Rows have the same
 * columns; a watched table needs an event for each.
 */
export async function updateRows(table: string, rows: Row[]) {
  if (rows.length === 0) return
  const { trx, organisationId } = Tenancy.current()
  const names = Object.keys(rows[0]).filter((name) => name !== 'id')
  await sql(
    trx,
    `update ${table} set updated_at = now(), ${names.map((name) => `${name} = given.${name}`).join(', ')}
       from json_populate_recordset(null::${table}, ?::json) given
      where ${table}.organisation_id = ? and ${table}.id = given.id`,
    [JSON.stringify(rows), organisationId]
  )
}

/** Deletes rows of the organisation at work by their ids; a watched table needs an event for each. */
export async function deleteRows(table: string, ids: string[]) {
  const { trx, organisationId } = Tenancy.current()
  const text = `delete from ${table} where organisation_id = ? and id = any(?)`
  await sql(trx, text, [organisationId, ids])
}
