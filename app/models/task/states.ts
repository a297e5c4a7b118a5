export const taskStatuses = {
  todo: 'To do',
  in_progress: 'In progress',
  blocked: 'Blocked',
  done: 'Done',
  cancelled: 'Cancelled',
} as const

export type TaskStatus = keyof typeof taskStatuses

/** Where each status may lead. What is done or cancelled can be taken up again. */
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
 * SQL that is true of rows of `tasks` about which something is left to be done. It lists the statuses as the indexes of
 * open tasks do: they serve only what the planner can tell to be open.
 */
export const IS_OPEN_TASK = `tasks.status in (${open.map((status) => `'${status}'`).join(', ')})`

/** The statuses that may follow. */
export function nextTaskStatuses(status: TaskStatus) {
  return transitions[status]
}

/** True when nothing is left to be done about a task in this status. */
export function isTaskSettled(status: TaskStatus) {
  return settled.includes(status)
}
