import type { Entry } from '#models/import/entries'
import type { Brought } from '#models/import/revising/memory'
import { saveOrder, type Ordered } from '#models/import/revising/order'
import type { Revision } from '#models/import/revising/revisions'
import type { TaskDraft } from '#models/import/tasks/drafts'
import RaidItem from '#models/raid_item'
import Task from '#models/task'

/**
 * Saves a file's changes to locked records, each in one event that names the import. Notifies everyone whom a save by
 * hand would have.
 */
export async function saveRevisions(
  importId: string,
  revised: Pick<Revision, 'record' | 'order'>[]
) {
  const facts = { import: importId }
  const records = revised.map(({ record }) => record)
  const dirty = new Set(records.filter(({ $isDirty }) => $isDirty).map(({ id }) => id))
  const moved = new Set(records.filter(({ status, $original }) => status !== $original.status))
  for (const isMoved of [true, false]) {
    const now = records.filter((record) => moved.has(record) === isMoved)
    const verb = isMoved ? 'status_changed' : 'updated'
    const items = now.filter((record) => record instanceof RaidItem)
    await RaidItem.saveMany(items, `raid_item.${verb}`, facts)
    const tasks = now.filter((record) => record instanceof Task)
    await Task.saveMany(tasks, `task.${verb}`, facts)
  }
  const ordered = revised.filter((one): one is Ordered => one.order !== null)
  await saveOrder(importId, ordered, dirty)
}

type Done = { entries: Entry[]; tasks: TaskDraft[]; taken: Revision[] }

/** What an import leaves for later ones to remember. */
export function broughtIn({ entries, tasks, taken }: Done): Brought[] {
  return [
    ...entries.map(({ item, row }) => toBrought(item, row, 'added')),
    ...tasks.map(({ task, row }) => toBrought(task, row, 'added')),
    ...taken.map(({ record, row }) => toBrought(record, row, 'changed')),
  ]
}

function toBrought(
  record: RaidItem | Task,
  row: Brought['row'],
  outcome: Brought['outcome']
): Brought {
  const kind = record instanceof Task ? 'task' : 'item'
  return { kind, id: record.id, outcome, row, lockVersion: record.lockVersion }
}
