import type { RecordRow } from '#imports/index'
import type { Assignees } from '#models/import/tasks/assignees'
import { fitting } from '#models/import/tasks/fitting'
import { taskFlaw } from '#models/import/tasks/flaws'
import { exportedTask } from '#models/import/revising/layouts'
import { describedAnew } from '#models/import/revising/texts'
import { changedCells, filledCells, type Wanted } from '#models/import/revising/wanted'
import type Task from '#models/task'
import type { TaskRow } from '#models/task/list_row'
import { moveTo, refuseMove } from '#models/task/moving'
import type { TaskStatus } from '#models/task/states'
import { reasonIn, refuse } from '#models/violation'

type Context = {
  assignees: Assignees
  /** Tasks as lists show them, by id: what an export would say about them now. */
  shown: Map<string, TaskRow>
}

/** Merges what a row asks for into a task, unsaved. Returns what there is to report, or why it must not be done. */
export function reviseTask(task: Task, row: RecordRow, context: Context): string[] | string {
  const wanted = row.isOwn
    ? changedCells(row, exportedTask, context.shown.get(task.id)!)
    : wantedOf(task, row)
  if (typeof wanted === 'string') return wanted
  const given = assigneeOf(task, row, wanted, context.assignees)
  if (typeof given === 'string') return given
  try {
    apply(task, wanted, given.columns)
  } catch (error) {
    return reasonIn(error)
  }
  return taskFlaw(task) ?? given.notes
}

function wantedOf(task: Task, row: RecordRow): Wanted {
  const { values, text } = fitting(row)
  const { completedOn, ...others } = filledCells(row, values as Wanted['values'])
  const anew = text ? describedAnew(task.description, text) : null
  const isMoved = others.status !== undefined && others.status !== task.status
  const closed = isMoved && (values as { completedOn?: string }).completedOn
  return {
    values: {
      ...others,
      ...(anew && { description: anew }),
      ...(closed && { closedOn: closed }),
    },
    cleared: [],
  }
}

type Given = { columns: Partial<Task>; notes: string[] }

/** A name in an export that belongs to no one is a mistake; other tools name people who are not known here. */
function assigneeOf(
  task: Task,
  { isOwn }: RecordRow,
  { values }: Wanted,
  assignees: Assignees
): Given | string {
  const written = values.ownerLabel
  if (written === undefined || written === task.assigneeLabel) return { columns: {}, notes: [] }
  const known = assignees.known(String(written))
  if (known) {
    const { assigneeId, externalResourceId } = known.columns
    return { columns: { assigneeId, externalResourceId }, notes: known.notes }
  }
  const why = `No one called “${written}” can see this project`
  return isOwn ? why : { columns: {}, notes: [`${why}, so the assignee does not change`] }
}

function apply(task: Task, { values, cleared }: Wanted, given: Partial<Task>) {
  const { status, blockedReason, closedOn, ownerLabel, ...others } = values
  const next = (status ?? task.status) as TaskStatus
  const reason = (blockedReason ?? task.blockedReason) as string | null
  const isDated = closedOn !== undefined || cleared.includes('closedOn')
  const isFinished = next === 'done' && next !== task.status
  if (isDated && !isFinished) refuse('file', 'The completion date is set by the status')
  if (blockedReason !== undefined && next !== 'blocked') {
    refuse('file', 'Only a blocked task can have this')
  }
  if (cleared.includes('blockedReason') && next === 'blocked') {
    refuse('file', 'Enter what is holding it up')
  }
  task.take({
    ...others,
    ...given,
    ...Object.fromEntries(cleared.filter(isPlain).map((field) => [field, null])),
  })
  if (next !== task.status || blockedReason !== undefined) {
    refuseMove(task, next, reason)
    moveTo(task, next, reason)
  }
  if (isFinished && closedOn !== undefined) task.completedOn = String(closedOn)
}

function isPlain(field: string) {
  return !['closedOn', 'blockedReason'].includes(field)
}
