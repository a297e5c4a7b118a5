import { givenIn } from '#models/lists/query_string'
import { listQuery, readFilters, type ListFilters } from '#models/raid/list_filters'

/** The filters in a saved query; neither a page, an edited row nor an import is part of it. */
export function raidFiltersIn(query: string): ListFilters {
  const elsewhere = { from: null, after: null, before: null, edit: null, import: null, since: null }
  return { ...readFilters(givenIn(query)), ...elsewhere }
}

/** A query string of what the RAID log across projects knows, in its one order. */
export function canonicalRaidQuery(query: string) {
  return listQuery(raidFiltersIn(query)).slice(1)
}
