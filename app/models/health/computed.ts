import {
  dimensions,
  PARTS,
  ratings,
  worstOf,
  type Dimension,
  type Part,
  type Rating,
} from '#models/health/enumerations'
import { healthFacts, type HealthFacts } from '#models/health/facts'
import { rulesOf, UNMEASURED } from '#models/health/rules/index'

/** Why a dimension is computed as it is; the link leads to the records. */
type Reason = {
  /** The rule's name, the same from one look to the next. */
  key: string
  rating: Rating
  text: string
  href: string | null
}

export type ComputedRating = { dimension: Dimension; rating: Rating; reasons: Reason[] }

export type ComputedHealth = Record<Dimension, ComputedRating>

/**
 * The health of each project according to its own records. It is the same for everyone: reasons count records and name
 * none that some people may not see. The number of queries does not grow with the projects.
 */
export async function computedHealth(
  projectIds: Iterable<string>
): Promise<Map<string, ComputedHealth>> {
  const facts = await healthFacts([...projectIds])
  return new Map([...facts].map(([id, found]) => [id, healthBy(found)]))
}

/** The same for one project. */
export async function computedHealthOf({ id }: { id: string }): Promise<ComputedHealth> {
  return (await computedHealth([id])).get(id)!
}

/** What the rules make of the facts about one project. */
export function healthBy(facts: HealthFacts): ComputedHealth {
  const parts = PARTS.map((part) => (facts.isOver ? over(part) : partBy(part, facts)))
  return Object.fromEntries(
    [...parts, overall(parts, facts)].map((found) => [found.dimension, found])
  ) as ComputedHealth
}

/** The most serious reasons first. */
function partBy(dimension: Part, facts: HealthFacts): ComputedRating {
  const reasons = rulesOf(dimension).flatMap(({ key, find }) => {
    const finding = find(facts)
    return finding ? [{ key, ...finding }] : []
  })
  const rating = worstOf(reasons.map((reason) => reason.rating))
  if (rating === 'not_rated') return unrated(dimension, UNMEASURED[dimension])
  return { dimension, rating, reasons: reasons.sort(byWeight) }
}

/** The worst of what could be rated. */
function overall(parts: ComputedRating[], { projectId, isOver }: HealthFacts): ComputedRating {
  const rating = worstOf(parts.map((part) => part.rating))
  if (isOver) return over('overall')
  if (rating === 'not_rated') return unrated('overall', 'No dimension can be computed yet.')
  const reasons = parts
    .filter((part) => part.rating === rating)
    .map((part) => ({
      key: part.dimension,
      rating,
      text: `${dimensions[part.dimension]} is ${ratings[rating].toLowerCase()}.`,
      href: `/projects/${projectId}/health#${part.dimension}`,
    }))
  return { dimension: 'overall', rating, reasons }
}

function over(dimension: Dimension) {
  return unrated(
    dimension,
    'The project is closed or cancelled: nothing of it is measured any more.'
  )
}

function unrated(dimension: Dimension, text: string): ComputedRating {
  return {
    dimension,
    rating: 'not_rated',
    reasons: [{ key: 'unmeasured', rating: 'not_rated', text, href: null }],
  }
}

const ORDER: Rating[] = ['red', 'amber', 'green', 'not_rated']

function byWeight(one: Reason, other: Reason) {
  return ORDER.indexOf(one.rating) - ORDER.indexOf(other.rating)
}
