import { randomUUID } from 'node:crypto'
import RiskCategory, { MOST_OFFERED } from '#models/risk_category'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import type { World } from '#tests/support/world'

/** A row of settings as it is, past every tenant wall. */
export async function asSeen(table: string, organisationId: string) {
  const [row] = await sql(admin(), `select * from ${table} where id = ?`, [organisationId])
  return row
}

/** The events of the organisation's own record and settings, oldest first, without those of people looking. */
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

/** The form of the scoring in a new organisation, with some fields changed. */
export function scoringForm(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const labels = ['likelihood', 'impact'].flatMap((side) =>
    STOPS.map((label, index) => [`${side}_label_${index + 1}`, label])
  )
  const bands = { medium_from: 5, high_from: 10, severe_from: 20, appetite: 9 }
  return { ...bands, ...Object.fromEntries(labels), lock_version: 1, ...changes }
}

/** A separate risk category, on offer or not. */
export async function addCategory(world: World, kind?: 'retired') {
  await makeRoomForCategory(world)
  return world.inside(async () => {
    const added = await RiskCategory.add(`Category ${randomUUID()}`)
    if (kind === 'retired') await added.retire()
    return added
  })
}

/** Retires the last category when all places are taken. */
export function makeRoomForCategory(world: World) {
  return world.inside(async () => {
    const offered = await RiskCategory.inOrder().whereNull('retired_at')
    if (offered.length === MOST_OFFERED) await offered.at(-1)!.retire()
  })
}
