import type { Viewer } from '#identity/viewer'
import type Gate from '#models/gate'
import type Project from '#models/project'

/** Where a rule looks, and for whom; without a viewer it names every record that it finds. */
export type Place = { project: Project; gate: Gate; viewer: Viewer | null }

/** A record that keeps a rule from being met, what is wrong with it, and the date that this is about. */
export type Offender = {
  id: string
  ref: string
  title: string
  why: string
  on: string | null
  href: string
}

/**
 * What a rule answers. The verdict is the same for everybody: records that the viewer may not see count, and
 * are not named. `offenders` are the first few of `total`.
 */
export type Verdict = {
  isMet: boolean
  total: number
  hidden: number
  offenders: Offender[]
  /** What was found, where it is no matter of how many: something that is missing has no record to name. */
  says?: string
}

/** A criterion that the product checks itself, on the data as they stand. */
export type Rule = {
  /** As a choice for those who write lifecycles. */
  label: string
  /** One record that offends, and several. */
  nouns: [one: string, many: string]
  /** Looks in one query. */
  check(place: Place): Promise<Verdict>
  /** Where the records are mended. */
  fix(place: Place): { label: string; href: string }
}

/** So many records are named; the list behind the rule's link has them all. */
export const NAMED = 10

/** The verdict on rows that each carry the totals of all that were found. */
export function verdictOn<Row extends { total: number; hidden: number; is_shown: boolean }>(
  rows: Row[],
  offender: (row: Row) => Offender
): Verdict {
  const { total = 0, hidden = 0 } = rows[0] ?? {}
  return {
    isMet: total === 0,
    total,
    hidden,
    offenders: rows.filter((row) => row.is_shown).map(offender),
  }
}
