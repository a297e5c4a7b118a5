import { recordMany } from '#audit/events'
import type { Viewer } from '#identity/viewer'
import { hiddenAmong, HIDDEN } from '#models/import/hidden'
import { touchedAmong, type Attached } from '#models/import/touched'
import { deletionOf } from '#models/mixins/audited'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** Old imports name no kind: they brought entries only. */
export type Kept = { kind?: 'task'; id: string; ref: string; reason: string }
export type Reversal = { removed: number; tasks?: number; restored?: number; kept: Kept[] }

/** What people add to an item without changing it, by the reason this gives for keeping the item. */
const ATTACHED: Attached = [
  ['has comments', 'select raid_item_id as id from comments where raid_item_id = any(:ids)'],
  [
    'is linked',
    `select from_id as id from raid_links where from_id = any(:ids)
     union select to_id from raid_links where to_id = any(:ids)`,
  ],
  [
    'is shared with named people',
    'select raid_item_id as id from raid_readers where raid_item_id = any(:ids)',
  ],
  [
    'was escalated',
    'select raid_item_id as id from raid_escalations where raid_item_id = any(:ids)',
  ],
  ['is answered by a task', 'select raid_item_id as id from tasks where raid_item_id = any(:ids)'],
]

/** Deletes the items of an import that no one has touched, with one audit event each; keeps the others. */
export async function removeUntouched(
  importId: string,
  project: Project,
  viewer: Viewer
): Promise<Reversal> {
  const items = await RaidItem.query().where('import_id', importId).orderBy('id').forUpdate()
  for (const item of items) item.refersTo(project)
  const reasons = await touchedAmong(items, ATTACHED)
  for (const id of await hiddenAmong(items, project, viewer)) reasons.set(id, HIDDEN)
  const removed = items.filter(({ id }) => !reasons.has(id))
  await remove(removed)
  await recordMany(removed.map((item) => deletionOf(item)))
  const kept = items
    .filter(({ id }) => reasons.has(id))
    .map(({ id, ref }) => ({ id, ref, reason: reasons.get(id)! }))
  return { removed: removed.length, kept }
}

async function remove(items: RaidItem[]) {
  const { trx, organisationId } = Tenancy.current()
  await sql(trx, 'delete from raid_items where organisation_id = ? and id = any(?)', [
    organisationId,
    items.map(({ id }) => id),
  ])
}
