import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { personalData } from '#registries/personal_data'
import { personalDataLinks } from '#registries/personal_data_links'
import { isSealed } from '#exports/records/sealed'
import { sql } from '#tenancy/sql'
import { admin, quietly } from '#tests/support/admin'

type Column = { name: string; type: string }

const PLANTABLE = ['text', 'citext', 'jsonb', 'json']

/** The tables with personal columns, except the audit trail's. */
export const personalTableNames = Object.keys(personalDataLinks).filter((name) =>
  name.startsWith('public.')
)

/**
 * Rows of a table that mention one of these texts anywhere, found by reading every column, without asking the code
 * under test whose rows they are.
 */
export function rowsMentioning(table: string, texts: string[]): Promise<any[]> {
  return sql(
    admin(),
    `select t.ctid::text as place, row_to_json(t) as row from ${table} t
      where t::text like any (?::text[])`,
    [texts.map((text) => `%${text}%`)]
  )
}

/** Writes a unique mark into each text of these rows that accepts one. Returns the columns that did. */
export async function plant(
  table: string,
  places: string[],
  mark: (column: string) => string
): Promise<string[]> {
  const columns = await textColumns(table)
  const planted: string[] = []
  await admin().transaction(async (trx) => {
    await sql(trx, 'set local session_replication_role = replica')
    let now = places
    for (const column of columns) {
      const moved = await placeMark(trx, table, now, column, mark(column.name))
      if (moved) planted.push(column.name)
      now = moved ?? now
    }
  })
  return planted
}

async function textColumns(table: string) {
  const columns = await sql<Column>(
    admin(),
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type from pg_attribute a
      where a.attrelid = ?::regclass and a.attnum > 0 and not a.attisdropped
        and a.attgenerated = ''`,
    [table]
  )
  return columns.filter(({ name, type }) => {
    const known = personalData.get(`${table}.${name}`)
    if (isSealed(`${table}.${name}`)) return false
    return known?.export && known.class !== 'none' && PLANTABLE.includes(type.replace(/\(.*/, ''))
  })
}

/**
 * A check on the column may refuse it: then its own value is used. Returns where the rows are now, since a changed row
 * moves.
 */
async function placeMark(
  trx: TransactionClientContract,
  table: string,
  places: string[],
  { name, type }: Column,
  mark: string
): Promise<string[] | null> {
  const value = type.startsWith('json') ? JSON.stringify({ mark }) : mark
  const savepoint = await trx.transaction()
  try {
    const rows = await sql(
      savepoint,
      `update ${table} set ${name} = ? where ctid = any(?::tid[]) returning ctid::text as place`,
      [value, places]
    )
    await savepoint.commit()
    return rows.map(({ place }) => place)
  } catch {
    await savepoint.rollback()
    return null
  }
}

/** Makes one row of the organisation refer to the person by a column of the table's links. */
export function assign(table: string, organisationId: string, column: string, id: string) {
  return quietly(
    `update ${table} set ${column} = ? where ctid = (
       select ctid from ${table} where organisation_id = ? limit 1)`,
    [id, organisationId]
  )
}
