import type { FieldKey } from '#imports/mapping/fields'
import type { RecordType } from '#imports/vocabulary/kinds'

export type Attributes = Record<string, string | number>
export type IgnoredValue = { header: string; value: string; reason: string }

export type SkipCode =
  | 'title'
  | 'header'
  | 'instructions'
  | 'section'
  | 'total'
  | 'footer'
  | 'key'
  | 'example'
  | 'without_content'
  | 'continuation'
  | 'other_kind'
  | 'unknown_type'

type Source = { sheet: string; row: number; hidden: boolean }

export type RecordRow = Source & {
  kind: 'record'
  type: RecordType
  attributes: Attributes
  sourceId: string | null
  parentSourceId: string | null
  /** The row it is under, if only the outline shows that. */
  parentRow: number | null
  /** References of the tasks that it waits for. */
  predecessors: string[]
  /** The table that it is in, and whether that was exported from here. */
  table: string
  isOwn: boolean
  /** What the cells that fill a field contain, as written; empty when a column has nothing for the row. */
  cells: Partial<Record<FieldKey, string>>
  notes: string[]
  ignored: IgnoredValue[]
}

export type SkippedRow = Source & { kind: 'skipped'; code: SkipCode; reason: string; text: string }

/** What one source row becomes. */
export type ConvertedRow = RecordRow | SkippedRow
