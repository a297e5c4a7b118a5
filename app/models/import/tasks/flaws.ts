import { isRealDay } from '#models/days'
import type Task from '#models/task'
import { taskPriorities } from '#models/task/enumerations'
import { taskStatuses } from '#models/task/states'

const LONGEST_LINE = 200
const LONGEST_REASON = 1000
const LONGEST_TEXT = 20_000

/** Why a project accepts no such task, or null. Everything that the database constrains is checked here first. */
export function taskFlaw(task: Task): string | null {
  const { title, description, status, priority, assigneeLabel, blockedReason } = task
  if (!title || title.length > LONGEST_LINE) return 'Title does not fit'
  if ((description?.length ?? 0) > LONGEST_TEXT) return 'Description does not fit'
  if (!Object.hasOwn(taskStatuses, status)) return 'The status is none of a task'
  if (!Object.hasOwn(taskPriorities, priority)) return 'The priority is none of a task'
  if ((assigneeLabel?.length ?? 0) > LONGEST_LINE) return 'A name is too long'
  if ((blockedReason?.length ?? 0) > LONGEST_REASON) return 'A reason is too long'
  const days = [task.startOn, task.dueOn, task.completedOn]
  return days.every((day) => !day || isRealDay(day)) ? null : 'A date is no real date'
}
