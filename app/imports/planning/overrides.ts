import type { DateOrder } from '#imports/conversion/read_date'
import { SCALES, type Scale } from '#imports/conversion/read_score'
import { FIELDS, fieldOf, type Target } from '#imports/mapping/fields'
import type { ColumnMapping, Mapping, TableType } from '#imports/mapping/mapping'
import { guessScale } from '#imports/mapping/guess_scale'
import { Profile } from '#imports/mapping/profile'
import { seenValues } from '#imports/mapping/seen_values'
import { provenOrder } from '#imports/conversion/read_date'
import type { DetectedTable } from '#imports/detection/table'
import { RECORD_TYPES } from '#imports/vocabulary/kinds'

/** What a user changed for one column; values maps what the file says to our values. */
type ColumnOverride = {
  field?: Target
  scale?: Scale
  dateOrder?: DateOrder
  values?: Record<string, string>
}

export type TableOverride = {
  include?: boolean
  type?: TableType
  columns?: Record<string, ColumnOverride>
}

/** Everything a user changed, by table id; headerRows names a header row by sheet name. */
export type Overrides = {
  headerRows?: Record<string, number>
  tables?: Record<string, TableOverride>
}

const TARGETS = new Set<string>([...FIELDS.map(({ key }) => key), 'keep', 'ignore'])
const ORDERS = new Set<string>(['dmy', 'mdy', 'ymd'])

/** Applies a user's choices; anything not on offer is ignored. */
export function applyOverride(
  mapping: Mapping,
  table: DetectedTable,
  override: TableOverride
): Mapping {
  const columns = mapping.columns.map((column) => {
    const change = override.columns?.[column.key]
    return change ? changed(column, change, table, mapping.type) : column
  })
  const include =
    override.include ?? (override.type === undefined ? mapping.include : override.type !== null)
  return { ...mapping, columns, include: include && mapping.type !== null }
}

/** The type that someone chose for a table; undefined if none was chosen, or one that does not exist. */
export function chosenType(override: TableOverride | undefined): TableType | undefined {
  const type = override?.type
  if (type === undefined || type === null || type === 'by_row') return type
  return RECORD_TYPES.includes(type) ? type : undefined
}

function changed(
  column: ColumnMapping,
  change: ColumnOverride,
  table: DetectedTable,
  type: TableType
): ColumnMapping {
  const result = { ...column }
  if (change.field && TARGETS.has(change.field) && change.field !== column.field) {
    Object.assign(
      result,
      { field: change.field, confidence: 1, reason: 'chosen' },
      readingOf(column, change.field, table, type)
    )
  }
  if (change.scale && SCALES.includes(change.scale)) result.scale = change.scale
  if (change.dateOrder && ORDERS.has(change.dateOrder)) result.dateOrder = change.dateOrder
  if (change.values) result.values = { ...result.values, ...change.values }
  return result
}

/** How a column is read once it fills another field. */
function readingOf(
  column: ColumnMapping,
  field: Target,
  table: DetectedTable,
  type: TableType
): Partial<ColumnMapping> {
  const found = table.columns.find(({ key }) => key === column.key)
  const kind = fieldOf(field)?.kind
  if (!found) return {}
  const profile = new Profile(table, found)
  const isScored = kind === 'score' || kind === 'pair'
  return {
    scale: isScored ? guessScale(profile, column.header, table) : undefined,
    dateOrder: kind === 'date' ? (provenOrder(profile.texts) ?? 'dmy') : undefined,
    values: seenValues(profile, field, type) ?? undefined,
  }
}
