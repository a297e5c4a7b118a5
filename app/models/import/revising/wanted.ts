import type { FieldKey, RecordRow } from '#imports/index'
import { beginning } from '#models/text/beginning'
import type { Exported } from '#models/import/revising/layouts'
import { WITHHELD } from '#models/person_flag'

type Values = RecordRow['attributes']

/** What a row asks of an existing record: attributes to set, fields to empty. */
export type Wanted = { values: Values; cleared: FieldKey[] }

/**
 * What someone changed in a row of an export: the cells that differ from what the list would say now. An emptied cell
 * empties its field. Returns why not, when a cell is not understood.
 */
export function changedCells<Row>(row: RecordRow, columns: Exported<Row>[], now: Row) {
  const wanted: Wanted = { values: {}, cleared: [] }
  for (const column of columns) {
    const field = column.field as FieldKey
    const written = row.cells[field]
    if (column.field === 'ignore' || written === undefined) continue
    if (isSame(row, field, written, column.text(now))) continue
    if (written === '' && column.isRequired) return `${column.header} cannot be empty`
    if (written === '') wanted.cleared.push(field)
    else {
      const taken = attributesOf(row, field)
      if (taken.length === 0) return `${column.header} “${short(written)}” is not understood`
      for (const [name, value] of taken) wanted.values[name] = value
    }
  }
  return wanted
}

function isSame(row: RecordRow, field: FieldKey, written: string, now: unknown) {
  const shown = plain(now)
  return (
    plain(written) === shown ||
    written === WITHHELD ||
    (shown !== '' && plain(row.attributes[field]) === shown)
  )
}

/** Files change only the blanks around a text and its kind of line breaks. */
function plain(value: unknown) {
  return String(value ?? '')
    .replace(/\r\n?/g, '\n')
    .trim()
}

/** What a filled cell became; a text stays as written, even where a new record would be named differently. */
function attributesOf(
  { attributes, cells }: RecordRow,
  field: FieldKey
): [string, string | number][] {
  if (field === 'description') return [['description', cells.description!]]
  const names = [...(NAMES[field] ?? []), field]
  return names.flatMap((name) =>
    attributes[name] === undefined ? [] : [[name, attributes[name]] as [string, string | number]]
  )
}

const NAMES: Partial<Record<FieldKey, string[]>> = {
  priority: ['priorityOverride'],
}

/**
 * What a row of any other file says about a record: whatever its filled cells became. An empty cell leaves a field
 * unchanged, since other tools know less about a record than is stored here.
 */
export function filledCells({ cells }: RecordRow, values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => {
      const fields = [name, ...(SOURCES[name] ?? pairOf(name))] as FieldKey[]
      return fields.some((field) => cells[field])
    })
  )
}

const SOURCES: Record<string, string[]> = {
  status: ['progress', 'closedOn'],
  blockedReason: ['status'],
  priorityOverride: ['priority'],
  priorityReason: ['priority'],
  responsePlan: ['response'],
}

function pairOf(name: string) {
  const stage = /^(inherent|current|target)(Likelihood|Impact)$/.exec(name)?.[1]
  return stage ? [`${stage}Pair`] : []
}

function short(text: string) {
  return beginning(text, 60)
}
