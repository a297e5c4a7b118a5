import { provenOrder, type DateOrder } from '#imports/conversion/read_date'
import type { DetectedTable, TableColumn } from '#imports/detection/table'
import { fieldOf, type Target } from '#imports/mapping/fields'
import type { ColumnMapping, Mapping } from '#imports/mapping/mapping'
import { Profile } from '#imports/mapping/profile'
import { seenValues } from '#imports/mapping/seen_values'
import type { RecordType } from '#imports/vocabulary/kinds'
import { oneLine } from '#imports/vocabulary/text'

/** A column of an export: its heading and its field; `values` are its labels, each with its value. */
export type OwnColumn = { header: string; field: Target; values?: Record<string, string> }

/** How records of one type are exported; `letter` is part of their refs. */
type OwnLayout = { letter: string; columns: OwnColumn[] }

export type OwnLayouts = Partial<Record<RecordType, OwnLayout>>

/** Such as ATLAS-R12, for the letter of any type. */
export const OWN_REF = /^[A-Z][A-Z0-9]{1,9}-([A-Z])\d{1,8}$/

const REASON = 'a column of our exports'

/**
 * How to read a table that was exported from here, whatever columns were moved, removed or added since; null for any
 * other table. It is recognised by its refs, under their heading and all of one type.
 */
export function ownMapping(
  table: DetectedTable,
  layouts: OwnLayouts,
  dateOrder: DateOrder | null
): Mapping | null {
  const refs = table.columns.find(({ header }) => header === 'Ref')
  const type = refs && typeOfRefs(table, refs, layouts)
  if (!type || !table.columns.some(({ header }) => header === 'Title')) return null
  const columns = byHeader(layouts[type]!.columns)
  return {
    kind: type,
    type,
    include: true,
    confidence: 1,
    isOwn: true,
    warnings: [],
    reason: 'It was exported from here: rows are known by their ref.',
    columns: table.columns.map((column) => toColumn(column, columns, { table, type, dateOrder })),
  }
}

function typeOfRefs(table: DetectedTable, { columns }: TableColumn, layouts: OwnLayouts) {
  const letters = new Set<string>()
  for (const { cells } of table.rows) {
    const match = OWN_REF.exec(cells.get(columns[0])?.text.trim() ?? '')
    if (match) letters.add(match[1])
  }
  const types = Object.keys(layouts) as RecordType[]
  const [only] = letters
  return letters.size === 1 ? types.find((type) => layouts[type]!.letter === only) : undefined
}

/** A heading is unchanged, except for what spreadsheets do to blanks. */
function byHeader(columns: OwnColumn[]) {
  return new Map(columns.map((column) => [oneLine(column.header), column]))
}

type Context = { table: DetectedTable; type: RecordType; dateOrder: DateOrder | null }

function toColumn(
  column: TableColumn,
  known: Map<string, OwnColumn>,
  { table, type, dateOrder }: Context
): ColumnMapping {
  const own = known.get(column.header)
  const profile = new Profile(table, column)
  const kind = own && fieldOf(own.field)?.kind
  const seen = own?.values && seenValues(profile, own.field, type)
  return {
    key: column.key,
    header: column.header,
    hidden: column.hidden,
    confidence: 1,
    field: own?.field ?? 'ignore',
    reason: reasonOf(own),
    samples: [...new Set(profile.texts)].slice(0, 3).map((text) => text.slice(0, 120)),
    ...((kind === 'score' || kind === 'pair') && { scale: '1-5' as const }),
    ...(kind === 'date' && { dateOrder: provenOrder(profile.texts) ?? dateOrder ?? 'dmy' }),
    ...(seen && { values: withOwn(seen, own!.values!) }),
  }
}

function reasonOf(own: OwnColumn | undefined) {
  if (!own) return 'no column of our exports'
  return own.field === 'ignore' ? 'it follows from others, or changes on its own page' : REASON
}

function withOwn(seen: Record<string, string>, own: Record<string, string>) {
  return Object.fromEntries(
    Object.entries(seen).map(([text, meaning]) => [text, own[text] ?? meaning])
  )
}
