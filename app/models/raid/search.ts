import type Project from '#models/project'
import { refLetters, type RaidType } from '#models/raid/enumerations'
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

export type Ref = { code: string | null; type: RaidType; number: number }

/** What R12, R-12 or ATLAS-R12 names, in capitals or not; else null. */
export function refIn(text: string): Ref | null {
  const letters = Object.values(refLetters).join('')
  const form = new RegExp(`^(?:([A-Z][A-Z0-9]{1,9})-)?([${letters}])-?(\\d{1,8})$`)
  const match = form.exec(text.trim().toUpperCase())
  if (!match) return null
  const types = Object.keys(refLetters) as RaidType[]
  const type = types.find((key) => refLetters[key] === match[2])!
  return { code: match[1] ?? null, type, number: Number(match[3]) }
}
