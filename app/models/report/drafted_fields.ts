import { dimensions, type Dimension } from '#models/health/enumerations'
import { RATED } from '#models/report/enumerations'

/** The fields of a report whose text the assistant may draft, with their labels. Ratings are not among them. */
export const draftedFields: Record<string, string> = {
  summary: 'Summary',
  achieved: 'Achieved this period',
  planned: 'Planned next',
  ...Object.fromEntries(RATED.flatMap(ofDimension)),
}

export type DraftedField = keyof typeof draftedFields

/** Fields whose sentences form a list. */
export const LISTS: DraftedField[] = ['achieved', 'planned']

/** How many characters a field holds. */
export function mostIn(field: DraftedField) {
  return /_(reason|path_to_green)$/.test(field) ? 2000 : 10_000
}

function ofDimension(dimension: Dimension): [string, string][] {
  const label = dimensions[dimension]
  return [
    [`${dimension}_reason`, `${label}: reason`],
    [`${dimension}_path_to_green`, `${label}: path to green`],
  ]
}
