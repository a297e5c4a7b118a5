import { validate as isUuid } from 'uuid'
import type { Viewer } from '#identity/viewer'
import Membership from '#models/membership'
import { typePlurals } from '#models/raid/enumerations'
import { raidFiltersIn } from '#models/raid/kept'
import { isUsualOrder, type Sort } from '#models/raid/list_filters'
import { appliedFilters, placesFor } from '#pages/raid/list_choices'

/** The contents of saved queries of the RAID log across projects, in words. */
export async function raidViewWords(viewer: Viewer, queries: string[]) {
  const places = await placesFor(viewer)
  const owners = queries.map((query) => raidFiltersIn(query).owner)
  const names = await Membership.names(owners.filter((owner) => isUuid(owner)))
  return (query: string) => {
    const filters = raidFiltersIn(query)
    return [
      typePlurals[filters.type],
      ...appliedFilters(filters, { names, places }, () => '').map(({ label }) => label),
      ...(isUsualOrder(filters) ? [] : [`Sorted by ${sortNames[filters.sort]}`]),
    ]
  }
}

const sortNames: Record<Sort, string> = {
  ref: 'ref',
  title: 'title',
  rating: 'score',
  status: 'status',
  due: 'day',
  updated: 'last change',
  review: 'next review',
}
