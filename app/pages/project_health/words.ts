import type { DeclaredRating } from '#models/health/declared'
import { isRosier, stepsWorse, type Rating } from '#models/health/enumerations'

/** How a declared rating differs from the computed one, in words. */
export function comparisonOf(
  declared: Pick<DeclaredRating, 'rating' | 'differenceReason'> | null,
  computed: Rating
) {
  const steps = declared ? stepsWorse(declared.rating, computed) : 0
  const isOptimistic = declared !== null && isRosier(declared.rating, computed)
  return {
    steps,
    isOptimistic,
    text:
      isOptimistic && steps === 0
        ? 'Left unrated although the records show a problem'
        : distance(steps),
    /** No one has said why it is declared better than the records now show. */
    isUnexplained: isOptimistic && !declared.differenceReason,
  }
}

function distance(steps: number) {
  return steps === 0
    ? null
    : `Declared ${many(steps)} ${steps > 0 ? 'better' : 'worse'} than computed`
}

export type Trend = { icon: 'up' | 'down' | 'arrow'; text: string } | null

/** The rating's trend: up is better. Null when there is nothing to compare with. */
export function trendOf(before: Rating | null, now: Rating): Trend {
  if (!before || before === 'not_rated' || now === 'not_rated') return null
  const steps = stepsWorse(before, now)
  if (steps === 0) return { icon: 'arrow', text: 'unchanged' }
  return steps > 0
    ? { icon: 'down', text: 'worse than before' }
    : { icon: 'up', text: 'better than before' }
}

function many(steps: number) {
  return Math.abs(steps) === 1 ? 'one step' : 'two steps'
}
