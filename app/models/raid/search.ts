import type { Viewer } from '#identity/viewer'
import type Project from '#models/project'
import { refIn, type Ref } from '#models/raid/refs'
import { inVisibleProjectCoded, matchText } from '#models/lists/text_search'
import type { Conditions, Condition } from '#tenancy/conditions'

/** Narrows to items that contain every word, each matched by its beginning, or that have the ref. */
export function matchWords(
  conditions: Conditions,
  text: string,
  { project, viewer }: { project: Project | null; viewer: Viewer }
) {
  return matchText(conditions, text, {
    table: 'raid_items',
    matches: 'raid_matches',
    isSmall: project !== null,
    named: itemNamed(text, viewer) ?? undefined,
  })
}

/** True of the item that the text names by its ref; null when it names none. */
export function itemNamed(text: string, viewer: Viewer): Condition | null {
  const ref = refIn(text)
  return ref && carriesRef(ref, viewer)
}

function carriesRef({ code, type, number }: Ref, viewer: Viewer): Condition {
  const item = 'raid_items.type = ? and raid_items.number = ?'
  if (!code) return [`(${item})`, [type, number]]
  const [coded, values] = inVisibleProjectCoded('raid_items', code, viewer)
  return [`(${item} and ${coded})`, [type, number, ...values]]
}
