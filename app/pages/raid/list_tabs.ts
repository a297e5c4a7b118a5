import { typePlurals, types, type RaidType } from '#models/raid/enumerations'
import type { Tally } from '#models/raid/list'
import { isNarrowed, type ListFilters } from '#models/raid/list_filters'

/** Links the queue of one type to that of the next; decisions are not reviewed, so theirs is the whole list. */
export function tabs(filters: ListFilters, counts: Tally['counts'] | null, path: string) {
  return (Object.keys(types) as RaidType[]).map((type) => {
    const isReviewed = filters.review !== null && type !== 'decision'
    return {
      label: typePlurals[type],
      href: `${path}?type=${type}${isReviewed ? queued(filters) : ''}`,
      count: counts && (isReviewed || !filters.review) ? (counts[type] ?? 0) : undefined,
      icon: type,
      current: type === filters.type,
    }
  })
}

function queued({ owner }: ListFilters) {
  return `&review=overdue${owner ? `&owner=${owner}` : ''}`
}

/** Whether the list holds everything due for review, of everyone or of the viewer. */
export function isWholeQueue(filters: ListFilters) {
  const { review, owner } = filters
  return (
    review !== null &&
    !isNarrowed({ ...filters, review: null, owner: owner === 'me' ? null : owner })
  )
}
