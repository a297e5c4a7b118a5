import db from '@adonisjs/lucid/services/db'
import { sql } from '#tenancy/sql'
import { PLATFORM } from '#tenancy/tenancy'

/** The ids of every organisation, whoever its members are. */
export async function everyOrganisation(): Promise<string[]> {
  const rows = await sql<{ id: string }>(db, 'select directory.organisations() as id')
  return rows.map(({ id }) => id)
}

/** The same with the platform's own tenancy, which comes first. */
export async function everyTenancy(): Promise<string[]> {
  return [PLATFORM, ...(await everyOrganisation())]
}
