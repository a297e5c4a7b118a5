import type { Part, Rating } from '#models/health/enumerations'
import type { HealthFacts } from '#models/health/facts'

/** What a rule has to say: a rating, why, and where to look. */
export type Finding = { rating: Exclude<Rating, 'not_rated'>; text: string; href: string }

/** One thing that the product itself looks at to rate a dimension. */
export type HealthRule = {
  key: string
  dimension: Part
  /** What it looks at, and when it is amber or red, in the words of the page that explains it. */
  label: string
  /** Null when there is nothing to measure. */
  find(facts: HealthFacts): Finding | null
}

/** The values from which a number is amber, and red. */
type Threshold = { amber: number; red: number }

/** Rates a value that is better the smaller it is. */
export function ratingOf(value: number, { amber, red }: Threshold): Finding['rating'] {
  return value >= red ? 'red' : value >= amber ? 'amber' : 'green'
}

/** Such as "2 tasks are" and "1 task is". */
export function counted(count: number, one: string, many: string) {
  return `${count} ${count === 1 ? one : many}`
}

/** A share in whole percent. */
export function percent(share: number) {
  return `${Math.round(share * 100)}%`
}
