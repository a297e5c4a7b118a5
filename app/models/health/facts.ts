import { figuresOf, type Figures } from '#models/health/facts/figures'
import { slipsOf, type Slips } from '#models/health/facts/slips'

/** What the records of one project say, as far as ratings are computed from it. */
export type HealthFacts = Figures & Slips

/** The facts about each project, by its id, in two parallel queries however many there are. */
export async function healthFacts(projectIds: string[]): Promise<Map<string, HealthFacts>> {
  if (projectIds.length === 0) return new Map()
  const [figures, slips] = await Promise.all([figuresOf(projectIds), slipsOf(projectIds)])
  return new Map(
    figures.map((row) => [row.projectId, { ...row, ...(slips.get(row.projectId) ?? NONE) }])
  )
}

const NONE: Slips = { gate: null, stage: null, end: null }
