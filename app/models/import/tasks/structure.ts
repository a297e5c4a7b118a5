import type { TaskDraft } from '#models/import/tasks/drafts'
import { isTaskSettled } from '#models/task/states'

/** Joins the tasks of one file: what is part of what, and what waits for what. */
export function joinTasks(drafts: TaskDraft[]) {
  for (const [, ofSheet] of Map.groupBy(drafts, ({ row }) => row.sheet)) {
    const rows = new Rows(ofSheet)
    for (const draft of ofSheet) placeUnder(draft, rows)
    for (const draft of ofSheet) order(draft, rows)
  }
  keepWholesOpen(drafts)
}

/** The drafts of one sheet by what the file calls them. A reference that stands twice means the first. */
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

/** Subtasks are one level deep: what stands deeper becomes a part of the topmost task, and says below what it stood. */
function placeUnder(draft: TaskDraft, rows: Rows) {
  const path: TaskDraft[] = []
  let above = rows.above(draft)
  while (above && above !== draft && !path.includes(above)) {
    path.push(above)
    above = rows.above(above)
  }
  const { parentSourceId } = draft.row
  if (path.length === 0) {
    if (parentSourceId) draft.notes.push(`Stands under ${parentSourceId}, which becomes no task`)
    return
  }
  draft.parent = path.at(-1)!
  if (path.length === 1) return
  const nearest = path[0].task.title
  draft.notes.push(
    `Stands deeper in the file, under “${nearest}”: subtasks have one level here, so it becomes a part of “${draft.parent.task.title}”`
  )
  draft.text = [`In the file under “${nearest}”.`, draft.text].filter(Boolean).join('\n\n')
  draft.task.description = [`In the file under “${nearest}”.`, draft.task.description].join('\n\n')
}

function order(draft: TaskDraft, rows: Rows) {
  for (const id of new Set(draft.row.predecessors)) {
    const other = rows.find(id)
    const why = other ? whyNot(draft, other) : 'which becomes no task'
    if (other && !why) draft.waitsFor.push(other)
    else draft.notes.push(`Does not wait for ${id}, ${why}`)
  }
}

function whyNot(draft: TaskDraft, other: TaskDraft) {
  if (other === draft) return 'which is itself'
  if (draft.parent === other || other.parent === draft) return 'of which one is part of the other'
  if (reaches(other, draft)) return 'which waits for it in turn'
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

/** Nothing is open that is part of something settled. */
function keepWholesOpen(drafts: TaskDraft[]) {
  for (const { parent, task } of drafts) {
    if (!parent || isTaskSettled(task.status) || !isTaskSettled(parent.task.status)) continue
    parent.notes.push('Is in progress here: in the file it is settled, but parts of it are open')
    parent.task.merge({ status: 'in_progress', completedOn: null })
  }
}

function fold(id: string) {
  return id.trim().toLowerCase()
}
