import type { Dimension, Rating } from '#models/health/enumerations'
import type Project from '#models/project'

/** What the product computes for a dimension, and from what. */
export type Computed = { rating: Rating; reasons: string[] }

/** How the product rates a project by itself, by dimension. */
export async function computedRatings(
  _project: Project
): Promise<Partial<Record<Dimension, Computed>>> {
  return {}
}
