import type Project from '#models/project'
import { refIn, type Ref } from '#models/raid/refs'
import { inProjectCoded, matchText } from '#models/text_search'
import type { Conditions, Condition } from '#tenancy/conditions'

/** Narrows to items that hold every word, each by its beginning, or that carry the ref. */
export function matchWords(conditions: Conditions, text: string, project: Project | null) {
  return matchText(conditions, text, {
    table: 'raid_items',
    matches: 'raid_matches',
    isSmall: project !== null,
    named: itemNamed(text) ?? undefined,
  })
}

/** True of the item that the text names by its ref; null where it names none. */
export function itemNamed(text: string): Condition | null {
  const ref = refIn(text)
  return ref && carriesRef(ref)
}

function carriesRef({ code, type, number }: Ref): Condition {
  const item = 'raid_items.type = ? and raid_items.number = ?'
  if (!code) return [`(${item})`, [type, number]]
  return [`(${item} and ${inProjectCoded('raid_items')})`, [type, number, code]]
}
