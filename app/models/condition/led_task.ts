import type Task from '#models/task'
import { isTaskSettled, type TaskStatus } from '#models/task/states'
import { refuse } from '#models/violation'

/** The task of a condition ends when the condition is claimed, and reopens when that is sent back. */
export function refuseLedMove(task: Task, status: TaskStatus) {
  if (!task.gateConditionId || status === task.status) return
  if (isTaskSettled(status) || isTaskSettled(task.status)) {
    refuse('status', 'This task belongs to a condition. Claim the condition as met to complete it')
  }
}

/** The owner and due date of a condition are set on the condition. */
export function refuseLedChange(task: Task) {
  if (!task.gateConditionId) return
  const led = { assigneeId: 'assignee', externalResourceId: 'assignee', dueOn: 'due_on' } as const
  for (const [name, field] of Object.entries(led)) {
    if (name in task.$dirty) {
      refuse(field, 'This task belongs to a condition. Change the owner or date there')
    }
  }
}
