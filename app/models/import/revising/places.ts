import type { RecordRow } from '#imports/index'
import type { KnownRecords } from '#models/import/revising/known'
import type Task from '#models/task'
import type { Neighbour, Places } from '#models/task/places'
import { answerWith } from '#models/task/subtasks'

/** The predecessors that a task gains, and those that it loses. */
export type Order = { added: Neighbour[]; removed: Neighbour[]; before: Neighbour[] }

export type Placed = { order: Order | null; notes: string[] }

type Context = { known: KnownRecords; places: Map<string, Places> }

/**
 * Moves a task to where a row of an export puts it, unsaved: sets its parent, and reports its predecessors. Returns why
 * not, when a cell names no task that it may. What the reader may not see stays as it is.
 */
export function placeTask(task: Task, row: RecordRow, { known, places }: Context): Placed | string {
  const now = places.get(task.id)!
  const notes = placeUnder(task, row, now, known)
  if (typeof notes === 'string') return notes
  const order = orderOf(row, now, known)
  return typeof order === 'string' ? order : { order, notes }
}

/** The references in a cell, one by one. */
export function namesIn({ cells }: RecordRow, field: 'parentSourceId' | 'predecessors') {
  return [...new Set((cells[field] ?? '').split(/[,;\s]+/).filter(Boolean))]
}

function placeUnder(task: Task, row: RecordRow, { whole: present }: Places, known: KnownRecords) {
  const names = namesIn(row, 'parentSourceId')
  if (row.cells.parentSourceId === undefined) return []
  if (names.length > 1)
    return `A task can be part of only one task, but “Part of” names ${names.length}`
  const whole = names.length === 1 ? known.taskNamed(names[0]) : null
  if (typeof whole === 'string') return whole
  if ((whole?.id ?? null) === (present?.id ?? null)) return []
  if (task.parentId && !present) return 'It is part of a task that you cannot see'
  if (task.gateConditionId) return 'A task for a gate condition cannot be a subtask'
  task.parentId = whole?.id ?? null
  return whole ? answer(task, whole) : []
}

/** A part responds to the same record as its whole, and nothing else. */
function answer(task: Task, whole: Task): string[] | string {
  if (!whole.raidItemId || whole.raidItemId === task.raidItemId) return []
  if (task.raidItemId || task.statusReportId) {
    return `${whole.ref} answers a different entry. A subtask must answer the same one`
  }
  answerWith(whole, task)
  return [`Answers the same entry as ${whole.ref}, and the same people can see it`]
}

function orderOf(row: RecordRow, { waitsFor }: Places, known: KnownRecords): Order | null | string {
  if (row.cells.predecessors === undefined) return null
  const wanted = namesIn(row, 'predecessors').map((name) => known.taskNamed(name))
  const unknown = wanted.find((one) => typeof one === 'string')
  if (typeof unknown === 'string') return unknown
  const tasks = new Map((wanted as Task[]).map(({ id, ref }) => [id, { id, ref }]))
  const present = new Set(waitsFor.map(({ id }) => id))
  const added = [...tasks.values()].filter(({ id }) => !present.has(id))
  const removed = waitsFor.filter(({ id }) => !tasks.has(id))
  return added.length + removed.length > 0 ? { added, removed, before: waitsFor } : null
}
