import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { Findings } from '#privacy/finding'
import { personalData } from '#registries/personal_data'
import { sql } from '#tenancy/sql'

const INVENTORY = 'app/registries/personal_data_inventory.ts'

/** The present database: columns and references to people, each as `schema.table.column`. */
type LiveSchema = { columns: string[]; references: string[] }

/** Reads the catalogue, which shows every column to every role. */
export async function liveSchema(client: QueryClientContract): Promise<LiveSchema> {
  const [columns, references] = [await sql(client, COLUMNS), await sql(client, REFERENCES)]
  return {
    columns: columns.map(({ name }) => name),
    references: references.map(({ name }) => name),
  }
}

/** Whether the inventory names every column and no other, and marks references to a person as such. */
export function checkSchema({ columns, references }: LiveSchema, classified = personalData) {
  const found = new Findings('schema', INVENTORY)
  const present = new Set(columns)
  for (const name of columns) found.add(!classified.has(name), `${name} is not classified`)
  for (const name of classified.keys()) found.add(!present.has(name), `${name} is gone`)
  for (const name of columns) {
    found.add(/passw|passphrase/i.test(name), `${name}: the product keeps no passwords`)
  }
  for (const name of references) {
    found.add(classified.get(name)?.class !== 'pseudonym', `${name} refers to a person`)
  }
  return found.list
}

/** The catalogue, and the queue of jobs, whose rows hold ids and codes only. What extensions bring is not ours either. */
const NOT_OURS = `'information_schema', 'graphile_worker'`

const COLUMNS = `
  select n.nspname || '.' || c.relname || '.' || a.attname as name
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    join pg_namespace n on n.oid = c.relnamespace
   where n.nspname not in (${NOT_OURS}) and n.nspname not like 'pg\\_%'
     and c.relkind in ('r', 'p', 'v', 'm', 'f')
     and not exists (select from pg_depend where objid = c.oid and deptype = 'e')
     and a.attnum > 0 and not a.attisdropped
   order by 1`

const REFERENCES = `
  select n.nspname || '.' || c.relname || '.' || a.attname as name
    from pg_constraint k join pg_class c on c.oid = k.conrelid
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = k.conrelid
     and a.attnum = any (k.conkey) and a.attname <> 'organisation_id'
   where k.contype = 'f'
     and k.confrelid in ('public.users'::regclass, 'public.memberships'::regclass,
       'public.external_resources'::regclass)
   order by 1`
