import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import type Project from '#models/project'
import { refLetters, type RaidType } from '#models/raid/enumerations'
import Tenancy from '#tenancy/tenancy'
import { sql } from '#tenancy/sql'

/** Above this many matches a word is common: walking the sorted index and testing each row is quicker. */
const RARE = 500

/**
 * Narrows to items that hold every word, each by its beginning, or that carry the ref. Inside a project
 * its few rows are tested directly; across projects the words index finds rare words first.
 */
export async function matchWords(
  query: DatabaseQueryBuilderContract<any>,
  text: string,
  project: Project | null
) {
  const ref = refIn(text)
  const words = prefixQuery(text)
  if (!words) return query.whereRaw('false')
  const rare = project ? null : await rareMatches(words)
  return query.where((either) => {
    if (rare) either.whereIn('raid_items.id', rare)
    else either.whereRaw(`raid_items.words @@ to_tsquery('simple', ?)`, [words])
    // "A4" may be the paper as well as the assumption.
    if (ref) either.orWhere((named) => carriesRef(named, ref))
  })
}

async function rareMatches(words: string): Promise<string[] | null> {
  const { trx } = Tenancy.current()
  const [{ ids }] = await sql(trx, 'select raid_matches(?, ?) as ids', [words, RARE + 1])
  return ids.length <= RARE ? ids : null
}

function carriesRef(query: DatabaseQueryBuilderContract<any>, { code, type, number }: Ref) {
  query.where('raid_items.type', type).where('raid_items.number', number)
  if (!code) return
  query.whereIn('raid_items.project_id', (projects) =>
    projects
      .from('projects')
      .whereRaw('projects.organisation_id = (select app_organisation())')
      .where('projects.code', code)
      .select('projects.id')
  )
}

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
