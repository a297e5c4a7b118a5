import type { Facts } from '#audit/facts'
import type { LeftRow, Outcome } from '#models/import/entries'
import type { Reversal } from '#models/import/reversal'
import type { FileFormat, RecordType } from '#imports/index'
import { types, type RaidType } from '#models/raid/enumerations'

/** What is kept about an import once its file is gone. */
export type Summary = {
  format: FileFormat
  bytes: number
  sheets: number
  added?: Partial<Record<RecordType, number>>
  changed?: number
  left?: LeftRow[]
  leftCount?: number
  reversal?: Reversal
}

/** A file may contain thousands of rows that are not records; the first few hundred show what they are. */
const MOST_LEFT = 500

/** Adds the outcome of the import. */
export function summarise({ format, bytes, sheets }: Summary, outcome: Outcome): Summary {
  return {
    format,
    bytes,
    sheets,
    added: countByType(outcome),
    changed: outcome.changes.filter(({ isTaken }) => isTaken).length,
    left: outcome.left.slice(0, MOST_LEFT),
    leftCount: outcome.left.length,
  }
}

function countByType({
  entries,
  tasks,
}: Pick<Outcome, 'entries' | 'tasks'>): Record<RecordType, number> {
  const counts = Object.fromEntries(Object.keys(types).map((type) => [type, 0]))
  for (const { item } of entries) counts[item.type] += 1
  return { ...(counts as Record<RaidType, number>), task: tasks.length }
}

/** How many records an import added, whatever their type. */
export function addedTotal({ added }: Partial<Summary>) {
  return Object.values(added ?? {}).reduce((sum, count) => sum + count, 0)
}

/** What an import added: entries of the log, and tasks. */
export function addedOf(summary: Partial<Summary>) {
  const tasks = summary.added?.task ?? 0
  return { entries: addedTotal(summary) - tasks, tasks }
}

/** What undoing removed again. */
export function removedOf({ reversal }: Partial<Summary>) {
  const { removed, tasks = 0 } = reversal!
  return { entries: removed - tasks, tasks }
}

/** How many records an import added or changed. */
export function sizeOf(summary: Partial<Summary>) {
  return addedTotal(summary) + (summary.changed ?? 0)
}

/** The counts that the audit trail keeps: no word of the file goes into it. */
export function factsOf(summary: Partial<Summary> = {}): Facts {
  const { format, added, reversal, leftCount } = summary
  if (reversal) {
    const { removed, restored, kept } = reversal
    return { format, count: removed, changed: restored || null, skipped: kept.length }
  }
  if (!added) return { format }
  const changed = summary.changed || null
  return { format, count: addedTotal(summary), changed, skipped: leftCount }
}
