import type { Viewer } from '#identity/viewer'
import type { Condition } from '#tenancy/conditions'

export type KindName =
  | 'projects'
  | 'raid'
  | 'tasks'
  | 'attachments'
  | 'gates'
  | 'evidence'
  | 'reports'
  | 'comments'

/** Surrounds each match in an excerpt until a page turns it into a mark. */
export const MARK = { start: '\u0001', end: '\u0002' }

/** One search result. */
export type Hit = {
  id: string
  ref: string
  title: string
  href: string
  /** What it is and its status, such as `Risk, open`. */
  standing: string
  projectName: string
  /** The matching excerpt of its text, with `MARK`s; null when the title says it. */
  passage: string | null
  /** It only resembles what was typed. */
  isAlike: boolean
}

export type FoundRow = {
  id: string
  project_code: string | null
  project_name: string
  passage: string | null
  [column: string]: unknown
}

/** How one kind of record is searched: what the viewer may see of it, and how a row is shown. */
export type Kind = {
  name: KindName
  label: string
  table: string
  /** SQL for the words of a row, if there is no column of that name. */
  words?: string
  /** Columns, by their full names, besides the project's. */
  columns: string[]
  /** SQL for the table joined to `projects` and to whatever decides who may see a row. */
  from: string
  /** SQL for the text from which an excerpt is taken. */
  text: string
  /** Database functions that find rows by words, and by similarity. */
  matches: string
  alike: string | null
  /** The column that sorts equally good matches: latest first. */
  latest: string
  /** The values of the column that precedes `latest` in the index of all rows, if any. */
  streams?: { column: string; values: string[] }
  /** True of the rows that the viewer may see, within projects that the viewer may see. */
  visible?: (viewer: Viewer) => Condition
  /** True of the rows within visible projects, when a row is in more than one. */
  within?: (viewer: Viewer) => Condition | null
  /** True of the rows of one project, when a row is in more than one. */
  inProject?: (id: string) => Condition
  /** Sets the name by which the viewer may know the project of each row. */
  place?: (rows: FoundRow[], viewer: Viewer) => Promise<void>
  /** True of the row that the text names by its ref. */
  named?: (text: string, viewer: Viewer) => Condition | null
  hit: (row: FoundRow) => Omit<Hit, 'id' | 'projectName' | 'passage' | 'isAlike'>
  /** The list that continues where this page ends. */
  list?: (text: string, projectId: string | null) => string
}
