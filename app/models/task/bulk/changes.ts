import type Project from '#models/project'
import type Task from '#models/task'
import { addDays, isRealDay } from '#models/days'
import { assigneesByIds, idOf } from '#models/task/assignees'
import type { BulkRow } from '#models/task/bulk/row'
import { taskPriorities, type TaskPriority } from '#models/task/enumerations'
import { moveTo, refuseMove } from '#models/task/moving'
import { taskStatuses, type TaskStatus } from '#models/task/states'
import { refuse } from '#models/violation'

/** What can be changed about many tasks at once. */
export const bulkChanges = {
  status: 'Status',
  assignee: 'Assignee',
  due_on: 'Due date',
  shift: 'Shift the due date',
  priority: 'Priority',
  cancel: 'Cancel',
} as const

export type BulkKind = keyof typeof bulkChanges

/** The values chosen in a form: one for all, unless rows have their own. */
export type BulkChoice = {
  change: BulkKind
  status?: TaskStatus
  reason?: string | null
  assignee?: string | null
  due_on?: string | null
  days?: number | null
  priority?: TaskPriority
}

/** One change of many tasks. */
export type BulkChange = {
  /** The right over each task that it needs. */
  right: 'move' | 'update'
  action: 'task.status_changed' | 'task.updated'
  /** What it changes about a task, as a row's own value. */
  present(task: Task): string | null
  /** Changes one locked task, unsaved; refuses what breaks a rule. */
  apply(task: Task, row: BulkRow): void
}

type Context = { project: Project; rows: BulkRow[]; outside: boolean }

/** The chosen change. People outside are locked, so call it before locking tasks. */
export function changeOf(choice: BulkChoice, context: Context): Promise<BulkChange> | BulkChange {
  return KINDS[choice.change](choice, context)
}

type Kind = (choice: BulkChoice, context: Context) => Promise<BulkChange> | BulkChange

const KINDS: Record<BulkKind, Kind> = {
  status: ({ status, reason }) =>
    movingTo((row) => among(taskStatuses, own(row, status), 'status'), reason),
  cancel: () => movingTo(() => 'cancelled', null),
  assignee: async ({ assignee }, { project, rows, outside }) => {
    const wanted = (row: BulkRow) => own(row, assignee) ?? ''
    const people = await assigneesByIds(project, rows.map(wanted), { outside })
    return updating(idOf, (row) => people.get(wanted(row)) ?? refuse('assignee', NOBODY))
  },
  due_on: ({ due_on: day }) => updating(dueOf, (row) => ({ dueOn: realDay(own(row, day)) })),
  shift: ({ days }) => updating(dueOf, (_, task) => ({ dueOn: shifted(task, days ?? 0) })),
  priority: ({ priority }) =>
    updating(
      (task) => task.priority,
      (row) => ({ priority: among(taskPriorities, own(row, priority), 'priority') })
    ),
}

/** A row's own value takes precedence over the one chosen for all. */
function own(row: BulkRow, chosen: string | null | undefined) {
  return row.value === undefined ? chosen : row.value
}

function among<T extends object>(of: T, value: string | null | undefined, field: string) {
  if (!value || !Object.hasOwn(of, value)) refuse(field, 'Choose one of the options')
  return value as keyof T & string
}

function realDay(value: string | null | undefined) {
  if (value && !isRealDay(value)) refuse('due_on', 'Enter a real date, such as 2027-05-31')
  return value ?? null
}

const NOBODY = 'Choose someone who can see this project'

function movingTo(
  target: (row: BulkRow) => TaskStatus,
  reason: string | null | undefined
): BulkChange {
  return {
    right: 'move',
    action: 'task.status_changed',
    present: (task) => task.status,
    apply: (task, row) => {
      const status = target(row)
      if (status === task.status && status !== 'blocked') return
      refuseMove(task, status, reason)
      moveTo(task, status, reason)
    },
  }
}

function updating(
  present: (task: Task) => string | null,
  changes: (row: BulkRow, task: Task) => Partial<Task>
): BulkChange {
  return {
    right: 'update',
    action: 'task.updated',
    present,
    apply: (task, row) => task.take(changes(row, task)),
  }
}

function dueOf({ dueOn }: Task) {
  return dueOn
}

function shifted({ dueOn }: Task, days: number) {
  if (!dueOn) refuse('days', 'It has no due date')
  const day = addDays(dueOn, days)
  if (!isRealDay(day)) refuse('days', 'Its due date would be too far in the future')
  return day
}
