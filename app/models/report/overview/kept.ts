import { givenIn } from '#models/lists/query_string'
import {
  overviewQuery,
  readOverviewFilters,
  type OverviewFilters,
} from '#models/report/overview/filters'

/** The filters in a saved query; a page number is not part of it. */
export function overviewFiltersIn(query: string): OverviewFilters {
  return { ...readOverviewFilters(givenIn(query)), from: null, after: null, before: null }
}

/** A query string of what the reports across projects know, in its one order. */
export function canonicalOverviewQuery(query: string) {
  return overviewQuery(overviewFiltersIn(query)).slice(1)
}
