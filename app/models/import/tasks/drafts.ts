import type { RecordRow } from '#imports/index'
import type { Assignees } from '#models/import/tasks/assignees'
import { fitting } from '#models/import/tasks/fitting'
import { taskFlaw } from '#models/import/tasks/flaws'
import type Project from '#models/project'
import Task from '#models/task'

/** A row that becomes a task, unsaved and without its number yet. */
export type TaskDraft = {
  from: string
  row: RecordRow
  task: Task
  assigneeName: string
  /** The task that it becomes a part of. */
  parent: TaskDraft | null
  waitsFor: TaskDraft[]
  /** The same among the project's existing tasks: a new row of a list that was exported from here can name them. */
  whole: Task | null
  awaits: Task[]
  /** The file's description of it. */
  text: string
  notes: string[]
}

type Place = { from: string; origin: string }

/** The task that a row becomes, on its own; or why it becomes none. */
export function draftOf(
  row: RecordRow,
  project: Project,
  assignees: Assignees,
  { from, origin }: Place
): TaskDraft | string {
  const { values, text, notes } = fitting(row)
  const { ownerLabel, ...attributes } = values
  const given = assignees.meantBy(ownerLabel)
  const description = [text, origin].filter(Boolean).join('\n\n')
  const task = Task.draft(project, { ...attributes, ...given.columns, description })
  const flaw = taskFlaw(task)
  if (flaw) return flaw
  return {
    from,
    row,
    task,
    text,
    assigneeName: given.name,
    parent: null,
    waitsFor: [],
    whole: null,
    awaits: [],
    notes: [...row.notes, ...notes, ...given.notes],
  }
}
