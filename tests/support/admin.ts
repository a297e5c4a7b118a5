import db from '@adonisjs/lucid/services/db'
import { read, sql } from '#tenancy/sql'

const CONNECTION = 'admin'

/** The test database through its administrator, who is not bound by row level security. */
export function admin() {
  if (!db.manager.has(CONNECTION)) {
    const url = new URL(required('DATABASE_ADMIN_URL'))
    url.pathname = new URL(required('DATABASE_URL')).pathname
    db.manager.add(CONNECTION, {
      client: 'pg',
      connection: { connectionString: url.href } as any,
      pool: { min: 0, max: 4 },
    })
  }
  return db.connection(CONNECTION)
}

/** Changes rows without the product, as time or an older back-up does: no trigger fires, and no event records it. */
export function quietly(text: string, values: unknown[] = []) {
  return admin().transaction(async (trx) => {
    await sql(trx, 'set local session_replication_role = replica')
    await sql(trx, text, values)
  })
}

/** Runs work with `Tenancy.run` on the administrator's connection: row level security is off for it alone. */
export async function withoutRowSecurity<T>(work: () => Promise<T>): Promise<T> {
  const [{ bypasses }] = await sql(
    admin(),
    'select rolsuper or rolbypassrls as bypasses from pg_roles where rolname = current_user'
  )
  if (!bypasses) throw new Error('DATABASE_ADMIN_URL must sign in as a superuser for these tests')
  const usual = db.primaryConnectionName
  db.primaryConnectionName = CONNECTION
  try {
    return await work()
  } finally {
    db.primaryConnectionName = usual
  }
}

/** Every table with rows of one tenant, such as `public.projects`. */
export async function tenantTables(): Promise<string[]> {
  const rows = await sql(
    admin(),
    `select format('%I.%I', n.nspname, c.relname) as name
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attname = 'organisation_id'
      where n.nspname in ('public', 'audit') and c.relkind in ('r', 'p') order by 1`
  )
  return rows.map(({ name }) => name)
}

/** A checksum of each table's rows of one organisation; `client` must not be bound by any policy. */
export async function checksums(organisationId: string, client: any = admin()) {
  const { text, tables } = await (checksumming ??= checksumStatement())
  const rows = await read(client, text, Array(tables).fill(organisationId))
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]))
}

/** Planned once: planning takes longer than reading so many small tables. */
let checksumming: ReturnType<typeof checksumStatement> | undefined

async function checksumStatement() {
  const tables = await tenantTables()
  const parts = tables.map(
    (table) =>
      `select '${table}' as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as digest
         from ${table} t where organisation_id = ?`
  )
  return { text: parts.join(' union all '), tables: tables.length }
}

function required(name: string) {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set; npm test sets it`)
  return value
}
