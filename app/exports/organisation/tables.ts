import { exportable, tableNamed, type Column, type Table } from '#exports/records/catalogue'
import { personalData } from '#registries/personal_data'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type OrganisationTable = { table: Table; name: string; columns: Column[]; purpose: string }

/**
 * Every table that holds rows of an organisation, from the database's catalogue, so that none can be forgotten. The
 * trail is exported as its chain.
 */
export async function organisationTables(): Promise<OrganisationTable[]> {
  const names = await sql(
    Tenancy.current().trx,
    `select 'public.' || c.relname as name from pg_class c
       join pg_attribute a on a.attrelid = c.oid and a.attname = 'organisation_id'
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not a.attisdropped
      order by 1`
  )
  const tables: OrganisationTable[] = []
  for (const { name } of [{ name: 'public.organisations' }, { name: 'public.users' }, ...names]) {
    const table = await tableNamed(name)
    const { purpose } = personalData.get(`${name}.${table.columns[0].name}`)!
    tables.push({ table, name: name.replace('public.', ''), columns: exportable(table), purpose })
  }
  return tables
}
