import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** By table, which other table each of its columns refers to, according to the foreign keys. */
export type References = Map<string, Map<string, string>>

/** Columns that refer to a row by its id. */
export async function references(): Promise<References> {
  const rows = await sql<{ table: string; column: string; target: string }>(
    Tenancy.current().trx,
    `select held.relname as table, a.attname as column, named.relname as target
       from pg_constraint c
       join pg_class held on held.oid = c.conrelid
       join pg_class named on named.oid = c.confrelid
      cross join lateral unnest(c.conkey, c.confkey) as pair (held, named)
       join pg_attribute a on a.attrelid = c.conrelid and a.attnum = pair.held
       join pg_attribute b on b.attrelid = c.confrelid and b.attnum = pair.named
      where c.contype = 'f' and c.connamespace = 'public'::regnamespace and b.attname = 'id'
        and a.attname <> 'organisation_id'`,
    []
  )
  const found: References = new Map()
  for (const { table, column, target } of rows) {
    const of = found.get(table) ?? new Map<string, string>()
    // Of several keys on a column, the one to its own table's parent tells most.
    if (!of.has(column) || of.get(column) === 'projects') of.set(column, target)
    found.set(table, of)
  }
  return found
}

type Writable = { name: string; required: boolean }

/** The writable columns of a table. */
export async function writable(table: string): Promise<Writable[]> {
  return sql<Writable>(
    Tenancy.current().trx,
    `select attname as name, attnotnull and not atthasdef as required from pg_attribute
      where attrelid = ?::regclass and attnum > 0 and not attisdropped and attgenerated = ''
        and attname <> 'organisation_id'`,
    [`public.${table}`]
  )
}
