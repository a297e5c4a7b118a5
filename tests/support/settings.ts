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

const STOPS = ['Very low', 'Low', 'Medium', 'High', 'Very high']

/** The form of the scoring as it stands in a new organisation, with some fields changed. */
export function scoringForm(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const labels = ['likelihood', 'impact'].flatMap((side) =>
    STOPS.map((label, index) => [`${side}_label_${index + 1}`, label])
  )
  const bands = { medium_from: 5, high_from: 10, severe_from: 20, appetite: 9 }
  return { ...bands, ...Object.fromEntries(labels), lock_version: 1, ...changes }
}
