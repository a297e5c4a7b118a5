import { dimensions, type Dimension, type Rating } from '#models/health/enumerations'
import type { Content } from '#models/pack/content'
import { comparisonOf } from '#pages/project_health/words'
import { shownRows } from '#pages/deciding/pack_view'

/** A project's health when its pack was frozen; packs older than ratings have none. */
export function packHealth(content: Content, names: Map<string, string>) {
  const reasons = shownRows(content, 'status', 'computed_reasons', names)
  const [confidence = null] = shownRows(content, 'status', 'confidence', names)
  const rows = shownRows(content, 'status', 'ratings', names)
  const [wholes, parts] = [true, false].map((isWhole) =>
    rows.filter(({ id }) => (id === 'overall') === isWhole)
  )
  return {
    confidence,
    ratings: [...wholes, ...parts].map((row) => {
      const [declared, computed] = [row.declared as Rating | null, row.computed as Rating]
      const said = declared && {
        rating: declared,
        differenceReason: row.difference_reason as string | null,
      }
      return {
        ...row,
        label: dimensions[row.id as Dimension],
        comparison: comparisonOf(said, computed),
        reasons: reasons.filter(
          ({ dimension, rating }) => dimension === row.id && rating !== 'green'
        ),
      }
    }),
  }
}
