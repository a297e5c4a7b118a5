import { computedHealth, type ComputedRating } from '#models/health/computed'
import type { Dimension } from '#models/health/enumerations'
import type Project from '#models/project'

/** How the product itself rates a project, by dimension. */
export type Computed = Partial<Record<Dimension, ComputedRating>>

/** The findings of the rules about one project today. */
export async function computedRatings(project: Project): Promise<Computed> {
  return (await computedHealth([project.id])).get(project.id) ?? {}
}
