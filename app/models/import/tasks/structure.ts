import type { TaskDraft } from '#models/import/tasks/drafts'
import type Task from '#models/task'
import { isTaskSettled } from '#models/task/states'
import { answerWith } from '#models/task/subtasks'

/** Connects the tasks of one file: their parents and predecessors. */
export function joinTasks(drafts: TaskDraft[], known: Known) {
  for (const [, ofSheet] of Map.groupBy(drafts, ({ row }) => row.sheet)) {
    const rows = new Rows(ofSheet)
    for (const draft of ofSheet) placeUnder(draft, rows, known)
    const awaited = new Set<TaskDraft>()
    for (const draft of ofSheet) order(draft, rows, known, awaited)
  }
  keepWholesOpen(drafts)
}

/** The project's tasks that a list exported from here can name. */
type Known = { taskNamed(text: string): Task | string }

/** The drafts of one sheet by the file's reference. A reference that occurs twice means the first. */
class Rows {
  readonly #byId = new Map<string, TaskDraft>()
  readonly #byRow = new Map<number, TaskDraft>()

  constructor(drafts: TaskDraft[]) {
    for (const draft of drafts) {
      const { sourceId, row } = draft.row
      this.#byRow.set(row, draft)
      if (sourceId && !this.#byId.has(fold(sourceId))) this.#byId.set(fold(sourceId), draft)
    }
  }

  find(id: string) {
    return this.#byId.get(fold(id)) ?? null
  }

  above({ row }: TaskDraft) {
    if (row.parentRow !== null) return this.#byRow.get(row.parentRow) ?? null
    return row.parentSourceId ? this.find(row.parentSourceId) : null
  }
}

/**
 * Subtasks are one level deep: deeper ones become parts of the topmost task, and their text says what they were under.
 */
function placeUnder(draft: TaskDraft, rows: Rows, known: Known) {
  const path: TaskDraft[] = []
  let above = rows.above(draft)
  while (above && above !== draft && !path.includes(above)) {
    path.push(above)
    above = rows.above(above)
  }
  const { parentSourceId } = draft.row
  if (path.length === 0) {
    if (parentSourceId) placeUnderKnown(draft, parentSourceId, known)
    return
  }
  draft.parent = path.at(-1)!
  if (path.length === 1) return
  const nearest = path[0].task.title
  draft.notes.push(
    `Nested deeper in the file, under “${nearest}”. Only one level of subtasks is possible, so it becomes a subtask of “${draft.parent.task.title}”`
  )
  draft.text = [`In the file under “${nearest}”.`, draft.text].filter(Boolean).join('\n\n')
  draft.task.description = [`In the file under “${nearest}”.`, draft.task.description].join('\n\n')
}

function placeUnderKnown(draft: TaskDraft, name: string, known: Known) {
  const whole = draft.row.isOwn ? known.taskNamed(name) : 'which does not become a task'
  if (typeof whole === 'string') {
    draft.notes.push(`Is under ${name}, which does not become a task`)
    return
  }
  const why = whyNotUnder(draft.task, whole)
  if (!why) {
    draft.whole = whole
    answerWith(whole, draft.task)
  }
  draft.notes.push(why ?? `Becomes a subtask of ${whole.ref}`)
}

/** A file may move the named task, or settle it; what it is now and what it becomes both count. */
function whyNotUnder(task: Task, whole: Task) {
  const { $original: now, ref } = whole
  if (whole.parentId || now.parentId)
    return `${ref} is itself a subtask, so this cannot be its subtask`
  const isSettled = isTaskSettled(whole.status) || isTaskSettled(now.status)
  return isSettled && !isTaskSettled(task.status)
    ? `${ref} is settled, so it cannot have new subtasks`
    : null
}

/** `awaited` are those that another already waits for. */
function order(draft: TaskDraft, rows: Rows, known: Known, awaited: Set<TaskDraft>) {
  for (const id of new Set(draft.row.predecessors)) {
    const other = rows.find(id)
    if (!other && waitForKnown(draft, id, known)) continue
    const why = other ? whyNot(draft, other, awaited) : 'which does not become a task'
    if (other && !why) {
      draft.waitsFor.push(other)
      awaited.add(other)
    } else draft.notes.push(`Does not wait for ${id}, ${why}`)
  }
}

/** True of a task in the project that a new one may wait for. */
function waitForKnown(draft: TaskDraft, name: string, known: Known) {
  const other = draft.row.isOwn ? known.taskNamed(name) : name
  if (typeof other === 'string' || other === draft.whole) return false
  if (!draft.awaits.includes(other)) draft.awaits.push(other)
  draft.notes.push(`Waits for ${other.ref}`)
  return true
}

function whyNot(draft: TaskDraft, other: TaskDraft, awaited: Set<TaskDraft>) {
  if (other === draft) return 'which is itself'
  if (draft.parent === other || other.parent === draft) return 'of which one is part of the other'
  // Nothing leads back to a task that no other waits for; a plan in which each row waits for the previous one is not
  // walked for each.
  if (awaited.has(draft) && reaches(other, draft)) return 'which waits for it in turn'
  return draft.waitsFor.includes(other) ? 'which is named twice' : null
}

/** True when a task waits for the other, by however many steps. */
function reaches(from: TaskDraft, to: TaskDraft) {
  const seen = new Set<TaskDraft>([from])
  for (const draft of seen) {
    if (draft === to) return true
    for (const next of draft.waitsFor) seen.add(next)
  }
  return false
}

/** Nothing open is part of something settled. */
function keepWholesOpen(drafts: TaskDraft[]) {
  for (const { parent, task } of drafts) {
    if (!parent || isTaskSettled(task.status) || !isTaskSettled(parent.task.status)) continue
    parent.notes.push(
      'Set to in progress: it is settled in the file, but some of its subtasks are open'
    )
    parent.task.merge({ status: 'in_progress', completedOn: null })
  }
}

function fold(id: string) {
  return id.trim().toLowerCase()
}
