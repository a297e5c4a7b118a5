import type { Priority, RaidType } from '#models/raid/enumerations'
import { scoring, type Band } from '#models/raid/scoring'

export type Level = Band | Priority

type Rated = { type: RaidType; rating: number }

const PRIORITIES: Priority[] = ['low', 'medium', 'high', 'critical']
const BANDS: Record<Priority, Band> = {
  low: 'low',
  medium: 'medium',
  high: 'high',
  critical: 'severe',
}

/** How severe a risk or an issue is: the band of its score, or its priority; null for other types, and unrated ones. */
export function levelOf({ type, rating }: Rated): Level | null {
  if (type === 'risk') return scoring().bandOf(rating)
  // An issue is rated by its priority in hundreds, then by severity times urgency.
  if (type === 'issue') return PRIORITIES[Math.floor(rating / 100) - 1] ?? null
  return null
}

/** Risks and issues on one scale; a chosen priority counts at least as much as its band. */
export function weightOf(row: Rated) {
  const level = levelOf(row)
  if (row.type !== 'issue' || !level) return row.type === 'risk' ? row.rating : 0
  return Math.max(row.rating % 100, scoring().bands[BANDS[level as Priority]].from)
}
