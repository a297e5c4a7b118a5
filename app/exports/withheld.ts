import type { Viewer } from '#identity/viewer'
import { restrictedFor, WITHHELD } from '#models/person_flag'

/**
 * Removes the names of restricted people from rows that someone else takes out of the product: `people` are the
 * prefixes of `*_id` and `*_name`.
 */
export async function withholdNames<Row extends object>(
  rows: Row[],
  viewer: Viewer,
  people: string[]
) {
  const restricted = await restrictedFor(viewer)
  if (restricted.size === 0) return
  for (const row of rows as Record<string, unknown>[]) {
    for (const person of people) {
      if (restricted.has(String(row[`${person}_id`]))) row[`${person}_name`] = WITHHELD
    }
  }
}
