import type { RecordRow } from '#imports/conversion/converted_row'
import { oneLine } from '#imports/vocabulary/text'

export type Placed = { record: RecordRow; indent: number }

/** Fills in parents that only the outline shows: first by WBS codes, then by indents. */
export function linkParents(placed: Placed[]): void {
  const ids = new Set(placed.map(({ record }) => record.sourceId).filter((id) => id !== null))
  const outlined = [...ids].filter((id) => /^\D{0,6}\d+(\.\d+)+$/.test(id))
  const isOutline = outlined.some((id) => ids.has(parentCode(id)))
  if (isOutline) for (const { record } of placed) linkByCode(record, ids)
  else if (placed.some(({ indent }) => indent > 0)) linkByIndent(placed)
}

function linkByCode(record: RecordRow, ids: Set<string>): void {
  const parent = record.sourceId ? parentCode(record.sourceId) : ''
  if (parent && ids.has(parent)) record.parentSourceId ??= parent
}

function parentCode(id: string): string {
  const dot = id.lastIndexOf('.')
  if (dot < 0) return ''
  const parent = id.slice(0, dot)
  return parent
}

function linkByIndent(placed: Placed[]): void {
  const path: Placed[] = []
  for (const entry of placed) {
    while (path.length > 0 && path.at(-1)!.indent >= entry.indent) path.pop()
    const parent = path.at(-1)?.record
    if (parent) entry.record.parentRow = parent.row
    if (parent?.sourceId) entry.record.parentSourceId ??= parent.sourceId
    else if (parent && entry.record.type !== 'task')
      entry.record.notes.push(`is below “${oneLine(String(parent.attributes.title))}”`)
    path.push(entry)
  }
}
