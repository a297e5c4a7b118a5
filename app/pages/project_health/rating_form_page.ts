import { computedHealthOf } from '#models/health/computed'
import { declaredRatingsOf } from '#models/health/declared'
import { dimensions, PARTS, ratingMeanings, type Dimension } from '#models/health/enumerations'
import type Project from '#models/project'

const ROWS: Dimension[] = [...PARTS, 'overall']

/** The form that declares a project's health: each dimension beside its computed rating. */
export async function ratingFormState(project: Project) {
  const computed = await computedHealthOf(project)
  const declared = await declaredRatingsOf(project)
  return {
    meanings: ratingMeanings,
    ratings: ROWS.map((dimension) => ({
      dimension,
      label: dimensions[dimension],
      declared: declared[dimension] ?? null,
      computed: {
        rating: computed[dimension].rating,
        reasons: computed[dimension].reasons.filter(({ rating }) => rating !== 'green'),
      },
    })),
  }
}
