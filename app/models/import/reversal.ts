import type { Viewer } from '#identity/viewer'
import { hiddenAmong, HIDDEN } from '#models/import/hidden'
import { removeOthers, type Kept } from '#models/import/kept'
import { touchedAmong, type Attached } from '#models/import/touched'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'

export type Reversal = { removed: number; tasks?: number; restored?: number; kept: Kept[] }

/** What people add to an item without changing it. */
const ATTACHED: Attached = [
  { reason: 'has comments', table: 'comments', column: 'raid_item_id' },
  { reason: 'is linked', table: 'raid_links', column: 'from_id' },
  { reason: 'is linked', table: 'raid_links', column: 'to_id' },
  { reason: 'is shared with named people', table: 'raid_readers', column: 'raid_item_id' },
  { reason: 'was escalated', table: 'raid_escalations', column: 'raid_item_id' },
  { reason: 'is answered by a task', table: 'tasks', column: 'raid_item_id' },
]

/** Deletes the items of an import that no one has touched, with one audit event each; keeps the others. */
export async function removeUntouched(importId: string, project: Project, viewer: Viewer) {
  const items = await RaidItem.query().where('import_id', importId).orderBy('id').forUpdate()
  for (const item of items) item.refersTo(project)
  const reasons = await touchedAmong(items, ATTACHED)
  for (const id of await hiddenAmong(items, project, viewer)) reasons.set(id, HIDDEN)
  return removeOthers(items, reasons)
}
