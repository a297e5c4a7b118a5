import type Project from '#models/project'
import { refLetters, type RaidType } from '#models/raid/enumerations'
import type { Condition } from '#models/raid/visibility'
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
  const ref = refIn(text)
  const words = prefixQuery(text)
  if (!words) return conditions.add('false')
  const rare = project ? null : await rareMatches(words)
  const [named, values] = ref ? carriesRef(ref) : ['false', []]
  // "A4" may be the paper as well as the assumption.
  if (rare) return conditions.add(`(raid_items.id = any(?) or ${named})`, rare, ...values)
  return conditions.add(`(${IN_WORDS} or ${named})`, words, ...values)
}

const IN_WORDS = `raid_items.words @@ to_tsquery('simple', ?)`

async function rareMatches(words: string): Promise<string[] | null> {
  const { trx } = Tenancy.current()
  const [{ ids }] = await read(trx, 'select raid_matches(?, ?) as ids', [words, RARE + 1])
  return ids && ids.length <= RARE ? ids : null
}

function carriesRef({ code, type, number }: Ref): Condition {
  const item = 'raid_items.type = ? and raid_items.number = ?'
  if (!code) return [`(${item})`, [type, number]]
  return [`(${item} and ${IN_PROJECT})`, [type, number, code]]
}

const IN_PROJECT = `raid_items.project_id in (select projects.id from projects
  where projects.organisation_id = (select app_organisation()) and projects.code = ?)`

/** `vend lat` becomes `vend:* & lat:*`; null when there is no word in it. */
export function prefixQuery(text: string): string | null {
  const words = text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  return words.length > 0
    ? words
        .slice(0, 20)
        .map((word) => `${word}:*`)
        .join(' & ')
    : null
}

export type Ref = { code: string | null; type: RaidType; number: number }

/** What R12 or ATLAS-R12 names, in capitals or not; else null. */
export function refIn(text: string): Ref | null {
  const letters = Object.values(refLetters).join('')
  const form = new RegExp(`^(?:([A-Z][A-Z0-9]{1,9})-)?([${letters}])(\\d{1,8})$`)
  const match = form.exec(text.trim().toUpperCase())
  if (!match) return null
  const types = Object.keys(refLetters) as RaidType[]
  const type = types.find((key) => refLetters[key] === match[2])!
  return { code: match[1] ?? null, type, number: Number(match[3]) }
}
