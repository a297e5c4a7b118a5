import { givenIn } from '#models/query_string'
import { listQuery, readFilters, type ListFilters } from '#models/raid/list_filters'

/** The filters that a kept query stands for; neither a page, an edited row nor an import is part of them. */
export function raidFiltersIn(query: string): ListFilters {
  const elsewhere = { from: null, after: null, before: null, edit: null, import: null, since: null }
  return { ...readFilters(givenIn(query)), ...elsewhere }
}

/** A query string with what the RAID log across projects knows, in its one order. */
export function canonicalRaidQuery(query: string) {
  return listQuery(raidFiltersIn(query)).slice(1)
}
