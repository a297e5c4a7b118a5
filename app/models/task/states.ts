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

export const settledTaskStatuses: TaskStatus[] = ['done', 'cancelled']

/** The statuses that may follow. */
export function nextTaskStatuses(status: TaskStatus) {
  return transitions[status]
}

/** True when nothing is left to be done about a task in this status. */
export function isTaskSettled(status: TaskStatus) {
  return settledTaskStatuses.includes(status)
}
