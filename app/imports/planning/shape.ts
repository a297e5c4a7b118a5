import { createHash } from 'node:crypto'
import type { DetectedTable } from '#imports/detection/table'
import { fold } from '#imports/vocabulary/text'

/** A digest of a table's headings in any order. */
export function shapeOf({ columns }: Pick<DetectedTable, 'columns'>): string {
  const headings = columns.map(({ header }) => fold(header)).sort()
  return createHash('sha256').update(JSON.stringify(headings)).digest('base64url').slice(0, 22)
}
