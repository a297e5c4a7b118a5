import type { DateOrder } from '#imports/conversion/read_date'
import type { Scale } from '#imports/conversion/read_score'
import type { Target } from '#imports/mapping/fields'
import type { Kind, RecordType } from '#imports/vocabulary/kinds'

/** What one column becomes. values says how the choices and statuses found in it are read. */
export type ColumnMapping = {
  key: string
  header: string
  field: Target
  confidence: number
  reason: string
  scale?: Scale
  dateOrder?: DateOrder
  values?: Record<string, string>
  samples: string[]
  hidden: boolean
}

/** 'by_row' reads the type of each row from its Type column, section or reference. */
export type TableType = RecordType | 'by_row' | null

export type Mapping = {
  kind: Kind | 'key' | 'history' | null
  type: TableType
  include: boolean
  reason: string
  confidence: number
  columns: ColumnMapping[]
  warnings: string[]
  /** The table was exported from here: each column is read back as it was written. */
  isOwn?: boolean
}
