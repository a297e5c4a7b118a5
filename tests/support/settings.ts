import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'

/** A row of settings as it stands, past every wall. */
export async function asSeen(table: string, organisationId: string) {
  const [row] = await sql(admin(), `select * from ${table} where id = ?`, [organisationId])
  return row
}

/** What was told of the organisation's own record and settings, oldest first; who looked is left out. */
export async function actionsOf(organisationId: string): Promise<string[]> {
  const rows = await sql(
    admin(),
    `select action from audit.events where organisation_id = ? and entity_id = ?
      and action not like 'audit_trail.%' order by seq`,
    [organisationId, organisationId]
  )
  return rows.map(({ action }) => action)
}
