import type { Viewer } from '#identity/viewer'
import type { RaidType } from '#models/raid/enumerations'
import type { TaskStatus } from '#models/task/states'

/** Something that waits for one member, from any project. */
export type WorkItem = {
  id: string
  /** What is to be done, in a word or two: Task, Risk, Review. */
  what: string
  /** The icon of its kind. */
  icon: string
  ref: string
  title: string
  href: string
  projectName: string
  /** The due date as `YYYY-MM-DD`; null when none was set. */
  dueOn: string | null
  /** Someone waits for the viewer's answer: without a date it is due now rather than some day. */
  isAsked?: boolean
  /** The task behind it, whose status can be changed in the list. */
  task?: { projectId: string; status: TaskStatus; lockVersion: number }
}

/** Today where the viewer is, and the last day of their week. */
export type Days = { today: string; weekEnd: string }

/** What one kind of work holds for a viewer: the soonest first, and how many there are in all. */
type WorkLoad = { items: WorkItem[]; total: number }

/** What rows that each carry their total hold. */
export function loadOf<Row extends { total: number }>(
  rows: Row[],
  toItem: (row: Row) => WorkItem
): WorkLoad {
  return { items: rows.map(toItem), total: rows[0]?.total ?? 0 }
}

/** Reads up to so many of one kind of work, across projects, in a fixed number of queries. */
export type WorkSource = (viewer: Viewer, days: Days, most: number) => Promise<WorkLoad>

export type ItemRow = {
  id: string
  project_id: string
  code: string
  project_name: string
  type: RaidType
  number: number
  title: string
  due_on: string
  total: number
}
