import type RaidItem from '#models/raid_item'
import type Task from '#models/task'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** How far back among the numbers of its list. */
const REACH = 10

export type Twin = { id: string; ref: string }

/**
 * The record of the same title that the same person added shortly before, if any: without JavaScript, going back brings
 * a filled form that counts as a new one.
 */
export async function twinOf(added: RaidItem | Task): Promise<Twin | null> {
  const { trx, organisationId } = Tenancy.current()
  const [table, ofType] = 'type' in added ? ['raid_items', [added.type]] : ['tasks', []]
  const [twin] = await sql<{ id: string; number: number }>(
    trx,
    `select id, number from ${table}
      where organisation_id = ? and project_id = ? ${ofType.length > 0 ? 'and type = ?' : ''}
        and number between ? and ? and title = ? and created_by = ?
        and created_at > now() - interval '10 minutes'
      order by number desc limit 1`,
    [
      organisationId,
      added.projectId,
      ...ofType,
      added.number - REACH,
      added.number - 1,
      added.title,
      added.createdBy,
    ]
  )
  return twin ? { id: twin.id, ref: added.ref.replace(/\d+$/, String(twin.number)) } : null
}
