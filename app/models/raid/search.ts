import type Project from '#models/project'
import { refLetters } from '#models/raid/enumerations'
import type { Conditions } from '#tenancy/conditions'
import Tenancy from '#tenancy/tenancy'
import { read } from '#tenancy/sql'

/** Above this many matches a word is common: walking the sorted index and testing each row is quicker. */
const RARE = 500

/**
 * Narrows to items that hold every word, each by its beginning, or that carry the ref. Inside a project
 * its few rows are tested directly; across projects the words index finds rare words first.
 */
export async function matchWords(conditions: Conditions, text: string, project: Project | null) {
  const number = numberOfRef(text)
  if (number) return conditions.add('raid_items.number = ?', number)
  const words = prefixQuery(text)
  if (!words) return conditions.add('false')
  if (!project) {
    const { trx } = Tenancy.current()
    const [{ ids }] = await read(trx, 'select raid_matches(?, ?) as ids', [words, RARE + 1])
    if (ids.length <= RARE) return conditions.add('raid_items.id = any(?)', ids)
  }
  return conditions.add(`raid_items.words @@ to_tsquery('simple', ?)`, words)
}

/** `vend lat` becomes `vend:* & lat:*`; null when there is no word in it. */
export function prefixQuery(text: string): string | null {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return words.length > 0
    ? words
        .slice(0, 20)
        .map((word) => `${word}:*`)
        .join(' & ')
    : null
}

/** The number in R12 or ATLAS-R12, else null. */
export function numberOfRef(text: string): number | null {
  const letters = Object.values(refLetters).join('')
  const match = new RegExp(`^(?:[A-Z][A-Z0-9]{1,9}-)?[${letters}](\\d{1,8})$`, 'i').exec(
    text.trim()
  )
  return match ? Number(match[1]) : null
}
