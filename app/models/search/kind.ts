import type { Viewer } from '#identity/viewer'
import type { Condition } from '#tenancy/conditions'

export type KindName =
  'projects' | 'raid' | 'tasks' | 'attachments' | 'gates' | 'evidence' | 'reports' | 'comments'

/** What stands around each passage that matches, until a page makes marks of it. */
export const MARK = { start: '\u0001', end: '\u0002' }

/** One thing that was found. */
export type Hit = {
  id: string
  ref: string
  title: string
  href: string
  /** What it is and where it stands, such as `Risk, open`. */
  standing: string
  projectName: string
  /** Where the words stand in its text, between `MARK`s; null where the title says it. */
  passage: string | null
  /** It is only like what was typed. */
  isAlike: boolean
}

export type FoundRow = {
  id: string
  project_code: string | null
  project_name: string
  passage: string | null
  [column: string]: unknown
}

/** How one kind of record is searched: what the viewer may see of it, and how a row reads. */
export type Kind = {
  name: KindName
  label: string
  table: string
  /** SQL of the words of a row, where they are no column of that name. */
  words?: string
  /** Columns, by their full names, beside the project's. */
  columns: string[]
  /** SQL of the table joined to `projects` and to whatever says who may see a row. */
  from: string
  /** SQL of the text that a passage is taken from. */
  text: string
  /** Functions of the database that find rows by words, and by likeness. */
  matches: string
  alike: string | null
  /** The column that sorts what is equally near: the latest first. */
  latest: string
  /** The values of the column that stands before `latest` in the index of all rows, where one does. */
  streams?: { column: string; values: string[] }
  /** True of the rows that the viewer may see, within projects that the viewer may see. */
  visible?: (viewer: Viewer) => Condition
  /** True of the rows within projects that the viewer may see, where a row stands in more than one. */
  within?: (viewer: Viewer) => Condition | null
  /** True of the rows of one project, where a row stands in more than one. */
  inProject?: (id: string) => Condition
  /** Calls the project of each row what the viewer may know it by. */
  place?: (rows: FoundRow[], viewer: Viewer) => Promise<void>
  /** True of the row that the text names by its ref. */
  named?: (text: string, viewer: Viewer) => Condition | null
  hit: (row: FoundRow) => Omit<Hit, 'id' | 'projectName' | 'passage' | 'isAlike'>
  /** The list that goes on where this page ends. */
  list?: (text: string, projectId: string | null) => string
}
