import { matchHeader, type HeaderMatch } from '#imports/mapping/match_header'
import { Profile } from '#imports/mapping/profile'
import type { DetectedTable, TableColumn } from '#imports/detection/table'
import { splitStage, type Stage } from '#imports/vocabulary/stages'
import type { Concept } from '#imports/vocabulary/headers'
import type { Kind } from '#imports/vocabulary/kinds'
import { fold } from '#imports/vocabulary/text'

/** A column on its way to a field: what its header and its cells say. */
export type Candidate = {
  column: TableColumn
  profile: Profile
  label: string
  concept: Concept | null
  stage: Stage | null
  kind: Kind | null
  score: number
}

const GROUPED = new Set<Concept>(['likelihood', 'impact', 'score', 'effect', 'severity'])

/** Reads every header of a table. */
export function candidatesOf(table: DetectedTable): Candidate[] {
  return table.columns.map((column) => {
    const profile = new Profile(table, column)
    const label = column.isMarks ? column.group : column.labels[0]
    const match = matchLabel(column.group, label)
    const stage = match?.stage ?? groupStage(column.group, match)
    return {
      column,
      profile,
      label: [column.group, ...column.labels].join(' '),
      concept: match?.concept ?? null,
      stage,
      kind: match?.kind ?? null,
      score: match?.score ?? 0,
    }
  })
}

function matchLabel(group: string, label: string): HeaderMatch | null {
  const own = label ? matchHeader(label) : null
  if (!group || group === label) return own
  if (own && (GROUPED.has(own.concept) || (own.score >= 0.9 && own.concept === 'title'))) return own
  const whole = matchHeader(`${group} ${label}`, true)
  return whole ?? own ?? matchHeader(group)
}

function groupStage(group: string, match: HeaderMatch | null): Stage | null {
  if (!group || !match || !GROUPED.has(match.concept)) return null
  return splitStage(fold(group)).stage
}
