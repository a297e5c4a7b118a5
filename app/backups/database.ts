import pg from 'pg'
import { BackupProblem, type Formats } from '#backups/manifest'

export type Table = { name: string; columns: string[] }

/** Tables of the release itself, recreated by migrating an empty database. */
const OF_THE_RELEASE = `array['adonis_schema', 'adonis_schema_versions', 'migrations']`
const SCHEMAS = `array['public', 'audit', 'graphile_worker']`

/** A connection that row level security does not bind, so that a back-up misses nothing. */
export async function connectAsAdministrator(url: string | undefined) {
  if (!url) throw new BackupProblem('Say who may read everything: DATABASE_ADMIN_URL, a superuser')
  const client = new pg.Client({ connectionString: url, application_name: 'orchestrate-backup' })
  await client.connect()
  const { rows } = await client.query(
    'select rolsuper as whole from pg_roles where rolname = current_user'
  )
  if (rows[0].whole) return client
  await client.end()
  throw new BackupProblem('DATABASE_ADMIN_URL must sign in as a superuser: others miss rows')
}

/** Servers differ in how they write one and the same value, and what is read back is compared as it is written. */
export const FORMATS: Formats = {
  TimeZone: 'UTC',
  DateStyle: 'ISO, YMD',
  IntervalStyle: 'postgres',
  bytea_output: 'hex',
  extra_float_digits: '1',
}

/** Has values written like this until the end of the transaction. */
export async function writeAs(client: pg.Client, formats: Formats) {
  await client.query('select set_config(key, value, true) from json_each_text($1)', [
    JSON.stringify(formats),
  ])
}

/** Every table that is kept, with the columns that are not computed, by name. */
export async function tablesOf(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query(
    `select format('%I.%I', n.nspname, c.relname) as name,
            array_agg(quote_ident(a.attname) order by a.attnum) as columns
       from pg_class c
       join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname = any (${SCHEMAS})
        and c.relname <> all (${OF_THE_RELEASE}) and a.attgenerated = ''
      group by n.nspname, c.relname order by n.nspname, c.relname`
  )
  return rows
}

/** The migrations that a database has had, in order. */
export async function migrationsOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query('select name from adonis_schema order by id')
  return rows.map(({ name }) => name)
}

/** The position of each sequence that was ever used. */
export async function sequencesOf(client: pg.Client): Promise<{ name: string; value: string }[]> {
  const { rows } = await client.query(
    `select format('%I.%I', schemaname, sequencename) as name, last_value::text as value
       from pg_sequences
      where schemaname = any (${SCHEMAS}) and last_value is not null
        and sequencename not like 'adonis_schema%' order by 1`
  )
  return rows
}
