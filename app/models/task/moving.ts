import { refuseLedMove } from '#models/condition/led_task'
import type Task from '#models/task'
import { nextTaskStatuses, taskStatuses, type TaskStatus } from '#models/task/states'
import { refuse } from '#models/violation'

type Reason = string | null | undefined

/** Refuses a status that may not follow the present one; a blocked task says what is holding it up. */
export function refuseMove(task: Task, status: TaskStatus, reason: Reason) {
  if (status !== task.status && !nextTaskStatuses(task.status).includes(status)) {
    const [from, to] = [taskStatuses[task.status], taskStatuses[status]]
    refuse('status', `${from} cannot become ${to.toLowerCase()}`)
  }
  refuseLedMove(task, status)
  if (status === 'blocked' && !reason) refuse('reason', 'Enter what is holding it up')
}

/** Moves a task to a status, unsaved. */
export function moveTo(task: Task, status: TaskStatus, reason: Reason) {
  task.status = status
  task.blockedReason = status === 'blocked' ? reason! : null
}
