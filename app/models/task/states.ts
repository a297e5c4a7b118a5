export const taskStatuses = {
  todo: 'To do',
  in_progress: 'In progress',
  blocked: 'Blocked',
  done: 'Done',
  cancelled: 'Cancelled',
} as const

export type TaskStatus = keyof typeof taskStatuses

/** The statuses that may follow each one. A done or cancelled task can be reopened. */
const transitions: Record<TaskStatus, TaskStatus[]> = {
  todo: ['in_progress', 'blocked', 'done', 'cancelled'],
  in_progress: ['todo', 'blocked', 'done', 'cancelled'],
  blocked: ['todo', 'in_progress', 'done', 'cancelled'],
  done: ['in_progress', 'todo'],
  cancelled: ['todo'],
}

const settled: TaskStatus[] = ['done', 'cancelled']

const open = Object.keys(taskStatuses).filter((status) => !isTaskSettled(status as TaskStatus))

/**
 * SQL that is true of open rows of `tasks`. It lists the statuses exactly as the indexes of open tasks do, so that the
 * planner recognises them.
 */
export const IS_OPEN_TASK = `tasks.status in (${open.map((status) => `'${status}'`).join(', ')})`

/** The statuses that may follow. */
export function nextTaskStatuses(status: TaskStatus) {
  return transitions[status]
}

/** True when a task in this status needs nothing more. */
export function isTaskSettled(status: TaskStatus) {
  return settled.includes(status)
}
