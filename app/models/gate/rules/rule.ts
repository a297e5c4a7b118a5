import type { Viewer } from '#identity/viewer'
import type Gate from '#models/gate'
import type Project from '#models/project'

/** Where a rule looks, and for whom; without a viewer it names every record that it finds. */
export type Place = { project: Project; gate: Gate; viewer: Viewer | null }

/** A record that breaks a rule, what is wrong with it, and the date that matters. */
export type Offender = {
  id: string
  ref: string
  title: string
  why: string
  on: string | null
  href: string
}

/**
 * A rule's answer. The verdict is the same for everyone: records that the viewer may not see are counted, but not
 * named. `offenders` are the first few of `total`.
 */
export type Verdict = {
  isMet: boolean
  total: number
  hidden: number
  offenders: Offender[]
  /** The finding when it is not a count: something missing has no record to name. */
  says?: string
}

/** A criterion that the product itself checks, on present data. */
export type Rule = {
  /** As a choice for people who write lifecycles. */
  label: string
  /** One record that breaks the rule, and several. */
  nouns: [one: string, many: string]
  /** Looks in one query. */
  check(place: Place): Promise<Verdict>
  /** Where the records can be put right. */
  fix(place: Place): { label: string; href: string }
}

/** How many records are named; the list behind the rule's link has them all. */
export const NAMED = 10

/** The verdict on rows that each carry the totals of everything found. */
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
