import { computedHealth, type ComputedRating } from '#models/health/computed'
import type { Dimension } from '#models/health/enumerations'
import type Project from '#models/project'

/** How the product rates a project by itself, by dimension. */
export type Computed = Partial<Record<Dimension, ComputedRating>>

/** What the rules find of one project today. */
export async function computedRatings(project: Project): Promise<Computed> {
  return (await computedHealth([project.id])).get(project.id) ?? {}
}
