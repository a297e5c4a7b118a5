import { deleteMany } from '#models/saving/many'
import { forgetNotices } from '#models/notification/retention'
import type RaidItem from '#models/raid_item'
import Task from '#models/task'

/** A record that undoing an import leaves. Old imports name no kind: they brought entries only. */
export type Kept = { kind?: 'task'; id: string; ref: string; reason: string }

/** Those of the records for which there is a reason to leave them. */
export function keptAmong(
  records: (RaidItem | Task)[],
  reasons: ReadonlyMap<string, string>
): Kept[] {
  return records.flatMap((record) => {
    const reason = reasons.get(record.id)
    if (!reason) return []
    const kept = { id: record.id, ref: record.ref, reason }
    return [record instanceof Task ? { kind: 'task', ...kept } : kept]
  })
}

/** Deletes the others, with one audit event each. */
export async function removeOthers(
  records: (RaidItem | Task)[],
  reasons: ReadonlyMap<string, string>
) {
  const removed = records.filter(({ id }) => !reasons.has(id))
  await deleteMany(removed)
  const tasks = removed.filter((record) => record instanceof Task)
  await forgetNotices(tasks.map(({ projectId, id }) => `/projects/${projectId}/tasks/${id}`))
  return { removed: removed.length, kept: keptAmong(records, reasons) }
}
