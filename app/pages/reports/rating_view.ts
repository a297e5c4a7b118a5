import {
  dimensions,
  isRosier,
  needsPath,
  stepsWorse,
  type Rating,
} from '#models/health/enumerations'
import type { ContentRating } from '#models/report/content'
import * as terms from '#registries/terms'

/** One dimension as pages show it: never by its colour alone. */
export function ratingView(row: ContentRating) {
  const { dimension, rating, previous, computed } = row
  return {
    dimension,
    label: dimensions[dimension],
    rating,
    term: terms.ratings[rating],
    trend: trendOf(previous, rating),
    computed: computed === 'not_rated' || computed === rating ? null : terms.ratings[computed],
    reason: row.reason,
    pathToGreen: needsPath(rating) ? row.path_to_green : null,
    differenceReason: isRosier(rating, computed) ? row.difference_reason : null,
    differs: rating === 'not_rated' ? 'Left unrated because' : 'Better than computed because',
  }
}

/** A rating's trend, in words and as an arrow; null when there is nothing to compare with. */
export function trendOf(before: Rating | null, now: Rating) {
  if (!before || before === 'not_rated' || now === 'not_rated') return null
  const steps = stepsWorse(before, now)
  const was = terms.ratings[before].label.toLowerCase()
  if (steps === 0) return { icon: 'arrow', text: `unchanged, ${was}`, short: 'unchanged' }
  return steps > 0
    ? { icon: 'down', text: `worse, was ${was}`, short: `was ${was}` }
    : { icon: 'up', text: `better, was ${was}`, short: `was ${was}` }
}
