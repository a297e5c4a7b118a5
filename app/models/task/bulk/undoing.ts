import type { BulkKind } from '#models/task/bulk/changes'
import { rowText, type BulkRow } from '#models/task/bulk/row'
import { nextTaskStatuses, type TaskStatus } from '#models/task/states'

/**
 * The form fields of the change that undoes another one; null when none can: a status that may not follow, or a block
 * whose reason is gone.
 */
export function undoing(kind: BulkKind, former: BulkRow[], status?: TaskStatus) {
  if (former.length === 0) return null
  const change = UNDONE_BY[kind]
  if (change === 'status') {
    const now = kind === 'cancel' ? 'cancelled' : status!
    const allowed: string[] = nextTaskStatuses(now).filter((next) => next !== 'blocked')
    if (!former.every(({ value }) => allowed.includes(value!))) return null
  }
  return { change, rows: former.map(rowText).join(' ') }
}

const UNDONE_BY: Record<BulkKind, BulkKind> = {
  status: 'status',
  cancel: 'status',
  assignee: 'assignee',
  due_on: 'due_on',
  shift: 'due_on',
  priority: 'priority',
}
