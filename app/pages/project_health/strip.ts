import { computedHealth } from '#models/health/computed'
import { deliveryConfidences } from '#models/health/confidence'
import { declaredRatings } from '#models/health/declared'
import { dimensions, PARTS, type Dimension } from '#models/health/enumerations'
import { comparisonOf, trendOf } from '#pages/project_health/words'

const ORDER: Dimension[] = ['overall', ...PARTS]

/** The health of projects, by id, as lists and home pages show it; as many queries for many as for one. */
export async function healthStrips(projectIds: string[]) {
  const [declared, computed, confidences] = await Promise.all([
    declaredRatings(projectIds),
    computedHealth(projectIds),
    deliveryConfidences(projectIds),
  ])
  return new Map(
    projectIds.map((id) => {
      const confidence = confidences.get(id)
      const cells = ORDER.map((dimension) => {
        const said = declared.get(id)![dimension]
        const found = computed.get(id)![dimension].rating
        return {
          dimension,
          label: dimensions[dimension],
          declared: said?.rating ?? null,
          trend: said ? trendOf(said.before, said.rating) : null,
          computed: found,
          comparison: comparisonOf(said ?? null, found),
        }
      })
      const strip = {
        overall: cells[0],
        cells,
        confidence: confidence
          ? { rating: confidence.rating, trend: trendOf(confidence.before, confidence.rating) }
          : null,
      }
      return [id, strip]
    })
  )
}
