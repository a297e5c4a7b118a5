import Task from '#models/task'
import { IS_OPEN_TASK, isTaskSettled } from '#models/task/states'
import { refuse } from '#models/violation'

/**
 * Waits for anyone changing the task that this one is part of, so that a parent is never settled while a part opens.
 * Call it before locking the task itself: if its parent has changed by then, so has its version.
 */
export async function holdParent(task: Task) {
  if (!task.parentId) return null
  return Task.query().where('id', task.parentId).forUpdate().firstOrFail()
}

/** Refuses a part of what is itself a part, or is settled. */
export function refuseUnder(parent: Task | null) {
  if (!parent) return
  if (parent.parentId) refuse('parent_id', 'A subtask cannot have subtasks of its own')
  if (isTaskSettled(parent.status)) {
    refuse('parent_id', 'That task is done or cancelled. Reopen it before you add to it')
  }
}

/** A part responds to the same RAID entry as the whole, and is kept to as few people. */
export function answerWith({ raidItemId }: Task, part: Task) {
  if (raidItemId) part.merge({ raidItemId, statusReportId: null, sourceKind: 'raid_item' })
}

/** Refuses to reopen a part while the whole is settled. */
export function refuseReopening(task: Task, parent: Task | null) {
  if (!parent || !task.isSettled || !isTaskSettled(parent.status)) return
  refuse('status', SETTLED_WHOLE)
}

export const SETTLED_WHOLE = 'Its parent task is done or cancelled. Reopen that first'

/** Refuses to settle a task with an open part. */
export async function refuseOpenParts(task: Task) {
  const open = await Task.query()
    .where('parent_id', task.id)
    .whereRaw(IS_OPEN_TASK)
    .orderBy('number')
  if (open.length > 0) refuse('subtasks', stillOpen(task, open))
}

/** Why a task with open parts cannot be settled. */
export function stillOpen(task: Task, open: { number: number }[]) {
  const refs = open.map(({ number }) => `T${number}`)
  const named = refs.length > 5 ? [...refs.slice(0, 5), 'others'] : refs
  const are = open.length === 1 ? 'This subtask is' : 'These subtasks are'
  return `You cannot finish or cancel ${task.ref} yet. ${are} still open: ${named.join(', ')}.`
}
